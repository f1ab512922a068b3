// Ways in which files hold a name and its value that do not stand beside each other: [what it is, text].

/** All of them for a variable and its value; the first to hold the value alone, the others any. */
export function apart(name: string, value: string): readonly (readonly [string, string])[] {
  const about = '"description": "What it is for", "type": "string"'
  return [
    ['app.json', `"${name}": { ${about}, "required": true, "value": "${value}" }`],
    ['an ARM template', `"${name}": {\n  "type": "securestring",\n  "defaultValue": "${value}"\n}`],
    [
      'a variable of Terraform',
      `variable "${name}" {\n  description = "Key for it, kept"\n  sensitive   = true\n  default     = "${value}"\n}`,
    ],
    ['CloudFormation', `  ${name}:\n    Type: String\n    NoEcho: true\n    Default: '${value}'\n`],
    [
      'an input of an action',
      `  ${name}:\n    description: 'the key'\n    required: false\n    default: '${value}'`,
    ],
    ['a parameter of Jenkins', `string(name: '${name}', defaultValue: '${value}', description: '')`],
    ['a flag of argparse', `add_argument('--${name}', help='the key', default='${value}')`],
    ['a tag of Go', `\`env:"${name}" envDefault:"${value}"\``],
    ['a schema of zod', `${name}: z.string().min(1).default("${value}"),`],
    ['a define of webpack', `'process.env.${name}': JSON.stringify('${value}')`],
    ['a type of two words', `pub const ${name}: []const u8 = "${value}";`],
    ['Visual Basic', `Dim ${name} As String = "${value}"`],
    ['serialised PHP', `s:15:"${name}";s:32:"${value}";`],
    ['serialised PHP in SQL', `s:15:\\"${name}\\";s:32:\\"${value}\\";`],
    ['an Android resource', `<string name="${name}" translatable="false">${value}</string>`],
    ['an Android manifest', `android:name="${name}"\n  android:value="${value}"`],
    ['two elements', `<con:name>${name}</con:name><con:value>${value}</con:value>`],
    ['two elements with attributes', `<p name="n">${name}</p>\n<p name="v">${value}</p>`],
    ['CDATA', `<${name}><![CDATA[${value}]]></${name}>`],
    ['a meta tag', `<meta name="${name}" content="${value}">`],
    ['gh', `gh secret set ${name} --body "${value}"`],
    ['the value first, JSON', `{"value": "${value}", "name": "${name}"}`],
    ['the value first, YAML', `- value: ${value}\n  name: ${name}\n`],
    ['the value first, XML', `<add value="${value}" key="${name}" />`],
  ]
}
