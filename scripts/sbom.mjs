// The bill of materials of the bundle: every package in it, as CycloneDX. The same for the same build: no time, no number.
import { readFileSync } from 'node:fs'

/**
 * @param {string} root folder of the project
 * @param {readonly { name: string, version: string, license?: string, folder: string }[]} packages bundled with it
 */
export function billOfMaterials(root, packages) {
  const { name, version, license, description } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))
  const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')).packages
  const component = (each) => ({
    type: 'library',
    'bom-ref': purlOf(each),
    name: each.name,
    version: each.version,
    scope: 'required',
    ...(each.license ? { licenses: [{ license: licenceOf(each.license) }] } : {}),
    purl: purlOf(each),
    ...hashOf(lock[each.folder]?.integrity),
  })
  const components = packages.map(component).sort((a, b) => (a.purl < b.purl ? -1 : 1))
  const own = purlOf({ name, version })
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name,
        version,
        description,
        licenses: [{ license: licenceOf(license) }],
        purl: own,
      },
    },
    components,
    dependencies: [{ ref: own, dependsOn: components.map((each) => each['bom-ref']) }],
  }
}

const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** Licences by their SPDX id; what is an expression or a text of its own, by name. */
const licenceOf = (text) => (/^[\w.+-]+$/.test(text) ? { id: text } : { name: text })

/** The lock file's integrity, as CycloneDX writes hashes. */
function hashOf(integrity = '') {
  const [, base64] = /^sha512-([A-Za-z0-9+/=]+)$/.exec(integrity) ?? []
  return base64
    ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] }
    : {}
}
