#!/usr/bin/env node
try {
  require('../dist/start.cjs')
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND' || !/dist\/start\.cjs/.test(error.message)) throw error
  // A commit of a branch, where the tag of a release was meant.
  process.stderr.write(
    'unleak: this copy was never built (dist/ is missing), so nothing was scanned.\n' +
      '  Take the tag of a release, which holds dist/, or run `npm ci` in this folder.\n',
  )
  process.exitCode = 2
}
