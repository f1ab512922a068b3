// What the page is given: the report as JSON has it, with the steps of the response told once for all who share them.
import type { Finding, Problem, ScanSummary, Step } from '../../model/index.ts'

export interface PageStep {
  readonly step: Step
  readonly text: string
  readonly url?: string
  /** `{id}` stands for the finding's. */
  readonly command?: string
}

export interface PageFinding extends Omit<Finding, 'secret' | 'response'> {
  readonly secret: { readonly redacted: string; readonly length: number; readonly value?: string }
  /** Its steps: index into `PageData.responses`. */
  readonly response: number
  /** Files that name the variable this secret lives under. */
  readonly files?: readonly string[]
}

export interface PageScan extends Omit<ScanSummary, 'problems' | 'dropped' | 'remembered'> {
  readonly problems: readonly (Problem & { readonly text: string; readonly isPartial: boolean })[]
}

export interface PageData {
  readonly tool: { readonly version: string; readonly ruleset: string }
  readonly scan: PageScan
  /** `20 files, 184 kB` */
  readonly scanned: string
  readonly responses: readonly (readonly PageStep[])[]
  readonly findings: readonly PageFinding[]
}
