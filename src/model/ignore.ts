// Findings that people have accepted, and until when.

/** One accepted finding, as `unleak.ignore.yaml` holds it. */
export interface IgnoreEntry {
  /** Finding id: 16 hex digits. */
  readonly id: string
  readonly reason: string
  readonly owner?: string
  /** Last day the entry holds, `YYYY-MM-DD`; none: no end. */
  readonly until?: string
  /** What a review said of it. */
  readonly answer?: 'false-alarm' | 'accepted'
  /** What it was when accepted, for people. */
  readonly rule?: string
  readonly path?: string
}
