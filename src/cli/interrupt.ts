// Ctrl-C while a command works: a signal that its work can heed, so that it ends in good order.

export interface Interrupt {
  /** Aborted by the first Ctrl-C; a second one ends the process. */
  readonly signal: AbortSignal
  /** To be called when the work is over. */
  readonly release: () => void
}

export function catchInterrupt(): Interrupt {
  const controller = new AbortController()
  const onInterrupt = () => controller.abort()
  process.once('SIGINT', onInterrupt)
  return { signal: controller.signal, release: () => process.off('SIGINT', onInterrupt) }
}
