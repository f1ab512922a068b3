// How the user starts this program, so that the commands it prints can be typed as they stand.

/** `unleak`, or `npx unleak` where it is installed in a project only. */
export function programOf(env: NodeJS.ProcessEnv): string {
  return env.npm_command === 'exec' || /node_modules/.test(process.argv[1] ?? '') ? 'npx unleak' : 'unleak'
}

/** A command line of ours, alone or at the end of another. */
export function asStarted(command: string, env: NodeJS.ProcessEnv): string {
  return command.replace(/(^|&& )unleak(?= )/g, `$1${programOf(env)}`)
}
