/** Set by the build. */
declare const UNLEAK_VERSION: string | undefined
