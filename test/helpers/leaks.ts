// Looks for what must not be in a text: runs of a secret's characters, whole or broken over lines.

/** Runs of 8 characters of `body` that stand in `text`, also where the text is wrapped. */
export function leaksOf(text: string, body: string): string[] {
  const texts = [text, text.replace(/\s+/g, '')]
  const found: string[] = []
  for (let i = 0; i + 8 <= body.length; i++) {
    const run = body.slice(i, i + 8)
    if (texts.some((each) => each.includes(run))) found.push(run)
  }
  return found
}

/** Runs of 8 characters of `secret` in `text` that `redacted`, its form to be shown, does not show itself. */
export function leaksBeyond(text: string, secret: string, redacted: string): string[] {
  const shown = redacted.split('…')
  return leaksOf(text, secret).filter((run) => !shown.some((part) => part.includes(run)))
}
