import type { GateCheck } from '../schema/gate-verdict.ts';

const OPERATORS: Readonly<Record<GateCheck['operator'], string>> = { '>=': '≥', '<=': '≤', '==': '=' };
const DIGEST_DIGITS = 12;

/** The operator of a check as people write it. */
export function phraseOperator(operator: GateCheck['operator']): string {
  return OPERATORS[operator];
}

/** A text in a check: digests are cut to their first twelve digits, midnights to their day. The verdict itself holds them whole. */
export function phraseCheckText(text: string): string {
  const digest = /^sha256:([0-9a-f]{64})$/.exec(text)?.[1];
  if (digest !== undefined) return `sha256:${digest.slice(0, DIGEST_DIGITS)}…`;
  return text.replaceAll(/(\d{4}-\d{2}-\d{2})T00:00:00Z/g, '$1');
}
