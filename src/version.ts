// The version of this package; the build sets it.

export const version: string = typeof UNLEAK_VERSION === 'string' ? UNLEAK_VERSION : '0.0.0-source'
