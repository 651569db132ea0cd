import { describe, expect, test } from 'vitest';
import { accumulateEvidence, type Evidence } from '../../pipelines/core/statistics/sequential/accumulate-evidence.ts';
import { driftEvidence } from '../../pipelines/core/statistics/sequential/drift-evidence.ts';
import { groupedDispersion } from '../../pipelines/core/statistics/sequential/window-dispersion.ts';
import { BUDGET, RUNS } from './alarm-rules.ts';
import { drawCounts } from './draw-counts.ts';
import { even, seeded, shifted, type Uniform } from './simulated-features.ts';
import { countAlarms, medianDelay, printTable } from './tabulate.ts';

const STREAMS = 300;
const ROWS = 1500;
/** How far the scores of each weekday lie from the mean, in standard deviations. */
const WEEKDAYS = [0, 0, 0.1, 0, 0.5, -0.4, -0.4];
const table: string[][] = [];

/** Days that wander around their weekday: `spread` standard deviations, correlated by `memory` from one day to the next. */
interface World {
  readonly spread: number;
  readonly memory: number;
  readonly weeks: number;
}

function dayDrawer({ spread, memory }: World, next: Uniform): (day: number, drift: number) => number[] {
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  let wander = spread * normal();
  return (day, drift) => {
    wander = memory * wander + spread * Math.sqrt(1 - memory * memory) * normal();
    return drawCounts(shifted(even(10), (WEEKDAYS[day % 7] ?? 0) + wander + drift), ROWS, next);
  };
}

function sumOf(days: readonly (readonly number[])[]): number[] {
  return even(10).map((_, index) => days.reduce((sum, day) => sum + (day[index] ?? 0), 0));
}

/** Whether an alarm begins in each run, as the watcher weighs scores that follow the calendar: each week once, and afresh after an alarm. */
function alarms(world: World, drift: number, next: Uniform): boolean[] {
  const draw = dayDrawer(world, next);
  const before = Array.from({ length: 7 * world.weeks }, (_, day) => draw(day, 0));
  const byWeekday = WEEKDAYS.map((_, weekday) => before.filter((_, day) => day % 7 === weekday));
  const dispersion = groupedDispersion(byWeekday, 10);
  if (dispersion === null) throw new RangeError('the reference is too short');
  const reference = sumOf(before);
  const days: number[][] = [];
  let evidence: Evidence = {};
  return Array.from({ length: RUNS }, (_, run) => {
    days.push(draw(run, drift));
    const isWeek = run % 7 === 6;
    const current = sumOf(days.slice(-7));
    const eValue = isWeek ? (driftEvidence({ reference, current, ordered: 10, dispersion })?.eValue ?? null) : null;
    const step = accumulateEvidence(evidence, { score: eValue }, BUDGET);
    evidence = step.alarm ? {} : step.next;
    return step.alarm;
  });
}

describe('scores that follow the calendar, pooled over a week: 1,500 rows a day', () => {
  test.each<[string, World, number]>([
    ['independent rows, 2 weeks', { spread: 0, memory: 0, weeks: 2 }, 1],
    ['independent rows, 4 weeks', { spread: 0, memory: 0, weeks: 4 }, 1],
    ['days wander by .1 sd, memory .9', { spread: 0.1, memory: 0.9, weeks: 2 }, 1],
    ['days wander by .2 sd, memory .5', { spread: 0.2, memory: 0.5, weeks: 2 }, 1],
    ['days wander by .3 sd, memory .5', { spread: 0.3, memory: 0.5, weeks: 2 }, 1],
    ['days wander by .3 sd, memory .5, 4 weeks', { spread: 0.3, memory: 0.5, weeks: 4 }, 1],
  ])('%s', (name, world, most) => {
    const next = seeded(100 + table.length);

    const found = countAlarms(
      Array.from({ length: STREAMS }, () => alarms(world, 0, next)),
      STREAMS,
    );
    const delays = [0.1, 0.2, 0.3, 0.5].map((drift) => medianDelay(Array.from({ length: 60 }, () => alarms(world, drift, next))));

    table.push([name, found.mean.toFixed(2), found.limit.toFixed(2), delays.join(', ')]);
    expect(found.limit).toBeLessThanOrEqual(most);
  });

  test('the table', () => {
    printTable('Pooled scores', ['', 'alarms/90', 'upper 99 %', 'runs to find .1, .2, .3, .5 sd'], table);
    expect(table).toHaveLength(6);
  });
});
