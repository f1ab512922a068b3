// Connection strings of `key=value;` pairs: the password judged with its user and server, as in a URL.
import type { Proof } from '../candidate.ts'
import { urlCredentials } from './url-credentials.ts'

const REACH = 260
const SERVER =
  /(?:server|data source|addr|network address)\s{0,2}=\s{0,2}(?:tcp:|np:)?([^;,"'\s\\<>&%/|]{1,200})/i
const USER = /(?:user id|userid|uid|user|username)\s{0,2}=\s{0,2}([^;"'\r\n]{1,128})/i

export const connectionString: Proof = {
  name: 'connection-string',
  check(candidate) {
    const around = candidate.around(REACH, REACH)
    const host = (SERVER.exec(around)?.[1] ?? '').replace(/^\(?(?:local|localdb)\)?|^\.$/i, 'localhost')
    const user = USER.exec(around)?.[1] ?? ''
    return urlCredentials.check({ ...candidate, groups: { ...candidate.groups, host, user } })
  },
}
