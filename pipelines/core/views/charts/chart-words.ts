import type { Instant } from '../../schema/instant.ts';
import { phraseDay } from '../phrase-instant.ts';
import { phraseNumber, phraseQuantity } from '../phrase-number.ts';

export interface MeasuredPoint {
  readonly at: Instant;
  readonly value: number | null;
}

interface ChartFacts {
  readonly name: string;
  readonly digits: number;
  readonly points: readonly MeasuredPoint[];
  /** Level that the latest value is held against, and on which side of it is bad. */
  readonly level: { readonly value: number; readonly name: string; readonly badWhen: 'above' | 'below' } | null;
  /** Points after this still wait for labels: their values will change, so none of them is the latest. Left out: no point waits. */
  readonly pendingFrom?: Instant | null;
}

/** What a chart shows, in words: latest value, range, trend and threshold status. */
export function describeChart(facts: ChartFacts): string {
  const { name, digits, level } = facts;
  const { points, wait } = withoutPending(facts);
  const measured = points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  const first = measured[0];
  const last = measured.at(-1);
  if (first === undefined || last === undefined) return `${name}: no value could be measured.`;
  const values = measured.map((point) => point.value);
  const say = (value: number) => phraseNumber(value, digits);
  const sentences = [
    `Latest ${name}: ${say(last.value)} on ${phraseDay(last.at)}.`,
    `Range ${say(Math.min(...values))} to ${say(Math.max(...values))} over ${phraseQuantity(measured.length, 'window')} since ${phraseDay(first.at)}.`,
    `Trend: ${trendOf(values)}.`,
  ];
  const missing = points.length - measured.length;
  if (missing > 0) sentences.push(`${phraseQuantity(missing, 'window')} without a value.`);
  if (level !== null) sentences.push(`The latest value is ${standing(last.value, level)} the ${level.name} of ${say(level.value)}.`);
  return [...sentences, ...wait].join(' ');
}

/** The points whose labels are due, and a sentence about the others; all points while none is due. */
function withoutPending({ points, digits, pendingFrom = null }: ChartFacts): { points: readonly MeasuredPoint[]; wait: string[] } {
  const due = points.filter(({ at }) => pendingFrom === null || at <= pendingFrom);
  const pending = points.slice(due.length);
  if (pending.length === 0 || due.every(({ value }) => value === null)) return { points, wait: [] };
  const newest = pending.findLast(({ value }) => value !== null)?.value ?? null;
  const wait = `${phraseQuantity(pending.length, 'newer window')} still ${pending.length === 1 ? 'waits' : 'wait'} for labels`;
  return { points: due, wait: [`${wait}${newest === null ? '' : `; so far the newest shows ${phraseNumber(newest, digits)}`}.`] };
}

/** The newest value for the end of a line, with a star when its labels are not all due; empty when nothing was measured. */
export function endLabelOf(
  { points, pendingFrom = null }: Pick<ChartFacts, 'points' | 'pendingFrom'>,
  say: (value: number) => string,
): string {
  const latest = points.findLast(({ value }) => value !== null);
  if (latest === undefined || latest.value === null) return '';
  return `${say(latest.value)}${pendingFrom !== null && latest.at > pendingFrom ? '*' : ''}`;
}

/** 'rising', 'falling' or 'steady': the mean of the newest quarter against the mean of the quarter before, on the scale of their scatter. */
export function trendOf(values: readonly number[]): 'rising' | 'falling' | 'steady' | 'too short to tell' {
  const quarter = Math.floor(values.length / 4);
  if (quarter < 2) return 'too short to tell';
  const newest = values.slice(-quarter);
  const before = values.slice(-2 * quarter, -quarter);
  const difference = mean(newest) - mean(before);
  const scatter = Math.sqrt((variance(newest) + variance(before)) / 2);
  if (Math.abs(difference) <= scatter) return 'steady';
  return difference > 0 ? 'rising' : 'falling';
}

function standing(value: number, level: NonNullable<ChartFacts['level']>): string {
  if (value === level.value) return 'exactly at';
  const side = value > level.value ? 'above' : 'below';
  return side === level.badWhen ? `${side}, on the wrong side of` : side;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}
