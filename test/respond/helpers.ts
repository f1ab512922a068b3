// What the tests of the response share.
import { Secret } from '../../src/model/index.ts'

/** The id of the finding that a service account's key makes: the same in every scan. */
export const idOf = (key: string): string => new Secret(key).id('openai-service-account-key')
