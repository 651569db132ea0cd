import type { GateCheck } from '../schema/gate-verdict.ts';

/** A check, and what the verdict becomes when it does not pass. */
export interface WeighedCheck extends GateCheck {
  readonly otherwise: 'fail' | 'needs-human';
}

type Unjudged = Pick<GateCheck, 'name' | 'metric' | 'operator' | 'expected' | 'actual' | 'why'> &
  Partial<Pick<WeighedCheck, 'interval' | 'otherwise'>>;

/** Compares what was found with what was expected. Nothing found never passes. */
export function weighCheck(check: Unjudged): WeighedCheck {
  const { actual, operator, expected } = check;
  return { interval: null, otherwise: 'fail', ...check, passed: actual !== null && holds(actual, operator, expected) };
}

function holds(actual: number | string, operator: GateCheck['operator'], expected: number | string): boolean {
  if (typeof actual !== typeof expected) return false;
  if (operator === '==') return actual === expected;
  return operator === '>=' ? actual >= expected : actual <= expected;
}
