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
}

/** What a chart shows, in words: latest value, range, trend and threshold status. */
export function describeChart({ name, digits, points, level }: ChartFacts): string {
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
  return sentences.join(' ');
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
