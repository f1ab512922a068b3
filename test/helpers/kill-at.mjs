// Kills the process that it is imported into (`node --import`) before its n-th change of the world, really: SIGKILL.
// Changes are: renaming a file, opening one to append, a git command that writes, a request that is no GET (before it
// is sent, and once its answer has come).
import childProcess from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

let left = Number(process.env.TEST_KILL_AT)

function change() {
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

const { renameSync, openSync } = fs
fs.renameSync = (...args) => {
  change()
  return renameSync(...args)
}
fs.openSync = (path, flags, ...rest) => {
  if (flags === 'a') change()
  return openSync(path, flags, ...rest)
}

const { request } = http
http.request = (url, options, ...rest) => {
  if (options.method === 'GET') return request(url, options, ...rest)
  change()
  const sent = request(url, options, ...rest)
  sent.prependListener('response', change)
  return sent
}

const { spawn } = childProcess
childProcess.spawn = (file, args, ...rest) => {
  if (args?.includes('rm')) change()
  return spawn(file, args, ...rest)
}

syncBuiltinESMExports()
