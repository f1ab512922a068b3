// Files that show or test something: what stands there is seldom used, unless it proves itself.

const FOLDER =
  /(?:^|\/)(?:tests?|__tests__|testing|specs?|fixtures?|__fixtures__|test[-_]?data|mocks?|__mocks__|stubs?|examples?|samples?|demos?|docs?|documentation|e2e|snapshots?|__snapshots__|cassettes|recordings)\//i
const FILE =
  /(?:[._-](?:test|tests|spec|snap|mock|mocks|fixture|example|sample|template|dist)(?:\.[\w.]{1,12})?|(?:^|\/)test_[\w-]{1,80}\.py|(?:^|\/)(?:README|CHANGELOG|CONTRIBUTING|HISTORY)(?:\.\w{1,8})?|\.(?:mdx?|rst|adoc))$/i

/** True for tests, fixtures, examples and documentation, by the path alone. */
export function isFixture(path: string): boolean {
  return FOLDER.test(path) || FILE.test(path)
}
