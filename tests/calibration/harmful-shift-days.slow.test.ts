import { describe, expect, test } from 'vitest';
import { harmfulShift } from '../../pipelines/core/statistics/harmful-shift.ts';
import { RUNS } from './alarm-rules.ts';
import { drawBinomial } from './draw-counts.ts';
import { seeded, type Uniform } from './simulated-features.ts';
import { countAlarms, printTable } from './tabulate.ts';

const STREAMS = 20;
const ROWS = 1600;
const RISK = 0.23;
const REFERENCE_DAYS = 14;
const table: string[][] = [];

/** Errors of one day whose own risk wanders about the mean: storms and weekdays move all its rows together. */
function errorsOf(risk: number, { spread, next }: { spread: number; next: Uniform }): number {
  const own = Math.min(1, Math.max(0, risk + spread * Math.sqrt(12) * (next() - 0.5)));
  return drawBinomial(ROWS, own, next);
}

/** Whether each window of a stream is called harmful, with rows as rows, or with days as rows. */
function stream(by: 'rows' | 'days', risk: number, world: { spread: number; next: Uniform }): boolean[] {
  const sums = (errors: number) => (by === 'rows' ? { rows: ROWS, sum: errors } : { rows: 1, sum: errors / ROWS });
  const before = Array.from({ length: REFERENCE_DAYS }, () => sums(errorsOf(RISK, world)));
  const reference = before.reduce((all, one) => ({ rows: all.rows + one.rows, sum: all.sum + one.sum }));
  const days = Array.from({ length: RUNS }, () => sums(errorsOf(risk, world)));
  return days.map((_, run) => harmfulShift({ reference, windows: days.slice(0, run + 1), tolerated: 0.02, budget: 90 }).harmful);
}

/**
 * Why realised errors raise no alarm by themselves. Daily error rates of the flights of 2001 (threshold 0.3, some 1,600 labelled rows a day) wander by 0.08: 58
 * times the variance of independent rows. Row sums then call 97 of 98 windows of a model that serves well harmful; days as rows are sound and see nothing.
 */
describe('harmful shift where days move as a whole', () => {
  test.each<['rows' | 'days', number, number, (mean: number) => void]>([
    ['rows', 0, RISK, (mean) => expect(mean).toBeLessThanOrEqual(1)],
    ['rows', 0.08, RISK, (mean) => expect(mean).toBeGreaterThan(30)],
    ['days', 0.08, RISK, (mean) => expect(mean).toBeLessThanOrEqual(1)],
    ['days', 0.08, RISK + 0.1, (mean) => expect(mean).toBe(0)],
  ])('%s as rows, days that wander by %f, risk now %f', (by, spread, risk, expected) => {
    const next = seeded(17);

    const found = countAlarms(
      Array.from({ length: STREAMS }, () => stream(by, risk, { spread, next })),
      STREAMS,
    );

    table.push([by, String(spread), String(risk), found.mean.toFixed(2), found.any.toFixed(2)]);
    expected(found.mean);
  });

  test('the table', () => {
    printTable('Harmful windows of 90', ['rows are', 'spread of days', 'risk now (0.23 before)', 'mean', 'P(any)'], table);
    expect(table).toHaveLength(4);
  });
});
