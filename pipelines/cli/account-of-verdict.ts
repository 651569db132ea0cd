import type { GateCheck, GateVerdict } from '../core/schema/gate-verdict.ts';

/** A verdict for a person: every check, then what it comes to and the evidence that it is bound to. */
export function accountOfVerdict(verdict: GateVerdict): string[] {
  return [...verdict.checks.map(lineOfCheck), `verdict: ${verdict.verdict}. ${verdict.summary}`, `evidence ${verdict.evidenceDigest}`];
}

/** One check on one line: passed or not, what was found, what was expected, and why. */
export function lineOfCheck({ name, operator, expected, actual, passed, why }: GateCheck): string {
  return `  ${passed ? 'ok  ' : 'FAIL'}  ${name}: ${phrase(actual)} ${operator} ${phrase(expected)}. ${why}`;
}

function phrase(value: number | string | null): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value.replace(/^sha256:(.{12}).*$/, '$1…');
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}
