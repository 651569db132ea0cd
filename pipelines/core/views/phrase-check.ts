import type { GateCheck } from '../schema/gate-verdict.ts';
import { metricDigits } from '../schema/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../schema/phrase-number.ts';

const OPERATORS: Readonly<Record<GateCheck['operator'], string>> = { '>=': '≥', '<=': '≤', '==': '=' };
const DIGEST_DIGITS = 12;
const MOST_DIGITS = 8;

/** The figures of a check as people read them; null where there is none. */
export interface CheckFigures {
  readonly expected: string;
  readonly actual: string | null;
  readonly interval: string | null;
}

/** The operator of a check as people write it. */
export function phraseOperator(operator: GateCheck['operator']): string {
  return OPERATORS[operator];
}

/**
 * What a check expected and found, with the digits of its metric; more of them where the two would else look alike though they differ,
 * because that difference is the verdict.
 */
export function phraseCheckFigures({ metric, expected, actual, interval }: GateCheck): CheckFigures {
  const digits = tellingDigits(metricDigits(metric, sizeOf(expected)), expected, actual);
  const say = (value: number | string) =>
    typeof value === 'string' ? phraseCheckText(value) : phraseNumber(value, Number.isInteger(value) ? 0 : digits);
  return {
    expected: say(expected),
    actual: actual === null ? null : say(actual),
    interval: interval === null ? null : phraseInterval(interval, digits),
  };
}

function sizeOf(expected: GateCheck['expected']): number | null {
  return typeof expected === 'number' ? expected : null;
}

function tellingDigits(least: number, expected: GateCheck['expected'], actual: GateCheck['actual']): number {
  if (typeof expected !== 'number' || typeof actual !== 'number' || expected === actual) return least;
  let digits = least;
  while (digits < MOST_DIGITS && phraseNumber(expected, digits) === phraseNumber(actual, digits)) digits += 1;
  return digits;
}

/** A text in a check: digests are cut to their first twelve digits, midnights to their day. The verdict itself holds them whole. */
export function phraseCheckText(text: string): string {
  const digest = /^sha256:([0-9a-f]{64})$/.exec(text)?.[1];
  if (digest !== undefined) return `sha256:${digest.slice(0, DIGEST_DIGITS)}…`;
  return text.replaceAll(/(\d{4}-\d{2}-\d{2})T00:00:00Z/g, '$1');
}
