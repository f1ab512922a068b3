// Facts → report: each check that was asked for, its verdict the worst of what it found.
import { version } from '../version.ts'
import { CHECKS } from './checks/index.ts'
import { livingKeys } from './join.ts'
import {
  type Check,
  type CheckResult,
  HEALTH_SCHEMA,
  HEALTH_VERDICTS,
  type HealthFacts,
  type HealthReport,
  type HealthVerdict,
  worst,
} from './model.ts'
import { daysSince } from './words.ts'

/** `wanted`: ids of checks; empty: all. */
export function runChecks(facts: HealthFacts, wanted: readonly Check[] = CHECKS): HealthReport {
  const checks = wanted.map((check) => resultOf(check, facts))
  const tally = (verdict: HealthVerdict) => checks.filter((check) => check.verdict === verdict).length
  const counts = Object.fromEntries(HEALTH_VERDICTS.map((verdict) => [verdict, tally(verdict)]))
  return {
    schema: HEALTH_SCHEMA,
    tool: { version },
    checkedAt: facts.now.toISOString(),
    verdict: worst(checks.map((check) => check.verdict)),
    counts: counts as Record<HealthVerdict, number>,
    checks,
    spend: spendOf(facts),
    keys: keysOf(facts),
  }
}

function resultOf({ id, title, run }: Check, facts: HealthFacts): CheckResult {
  const { looked, items } = run(facts)
  return { id, title, verdict: worst(items.map((item) => item.verdict)), looked, items }
}

function spendOf({ account }: HealthFacts): HealthReport['spend'] {
  if (!account.ok || !account.value.costs.ok) return []
  return account.value.costs.value.map(({ currency, days }) => ({
    currency,
    days: days.slice(-31).map(({ day, amount }) => ({ day, amount: Math.round(amount * 1e4) / 1e4 })),
  }))
}

function keysOf({ account, now }: HealthFacts): HealthReport['keys'] {
  if (!account.ok) return []
  return livingKeys(account.value, now)
    .map((key) => ({
      name: key.name,
      redacted: key.redacted,
      project: key.where,
      ageDays: daysSince(key.createdAt, now),
      unusedDays: key.lastUsedAt === null ? null : daysSince(key.lastUsedAt, now),
    }))
    .sort((a, b) => b.ageDays - a.ageDays)
}
