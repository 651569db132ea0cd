import { expect, test } from 'vitest';
import { decide } from '../../pipelines/core/decisions/decide.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelState, WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import { estimateRecord } from '../../pipelines/core/signals/estimate-record.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { type LoanWeather, loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { loanDefinition, versionOf, watchedState } from '../fakes/policy-world.ts';

const DAY = 86_400;
const RANGE = { start: '2001-01-20T00:00:00Z', end: '2001-02-03T00:00:00Z' };
/** Labels of the reference are in; those of the days after it come five days late. Scores huddle in the middle: the model is less sure. */
const STEADY: LoanWeather = { rows: 400, skill: 0.9 };
const UNSURE: LoanWeather = { rows: 400, skill: 0.45, labelAfter: 5 * DAY };

const definition = loanDefinition({
  labels: { format: 'csv', path: 'labels.csv', columns: { id: 'id', label: 'bad' }, positive: '1', negative: '0', delay: 'P5D' },
  monitoring: { performanceWindows: 2, minimumLabels: 100 },
});

async function openWorld(days: number) {
  const log = new MemoryLog();
  const before = windowsBetween(RANGE, DAY);
  for (const { start } of before) log.add(loansOf(start, STEADY));
  for (let day = 0; day < days; day += 1) log.add(loansOf(addSeconds(RANGE.end, day * DAY), UNSURE));
  const grids = await log.learnGrids(RANGE, RANGE.end);
  const at = addSeconds(RANGE.end, DAY);
  const [windows, cubes] = [await log.profile(before, grids, at), await log.cubes(before, at)];
  const reference = buildReference({ definition, version: 'v1', range: RANGE, windowSeconds: DAY, windows, grids, cubes });
  return { log, reference, artifacts: new MemoryArtifacts() };
}

async function step({ log, reference, artifacts }: Awaited<ReturnType<typeof openWorld>>, asOf: string, state: ModelState) {
  const deployment = { schemaVersion: 1 as const, model: 'loan', production: 'v1', fallback: null };
  const around = { definition, deployment, reference, championVersion: versionOf('v1', RANGE.start), state };
  const { report, summaries } = await watchModel({ ...around, log, labels: log, artifacts, asOf });
  const decisions = decide({
    ...around,
    report,
    nextVersion: 'v2',
    historyStart: '2000-12-01T00:00:00Z',
    labelledUntil: addSeconds(report.watermark, -5 * DAY),
  });
  return { decisions, state: reduceState(state, { report, summaries, decisions, asOf }) };
}

const of = (kind: string, { signals }: WindowSummary) => signals.find((signal) => signal.kind === kind && signal.subject === 'rocAuc');

test('while labels are late the estimate falls, opens an incident and asks; when they come they are held against it, and it stays as it was', async () => {
  const world = await openWorld(9);

  const early = await step(world, addSeconds(RANGE.end, 4 * DAY), watchedState());
  const late = await step(world, addSeconds(RANGE.end, 9 * DAY), early.state);

  expect(early.state.windows.map((window) => of('realised-performance', window)?.status)).toEqual(new Array(4).fill('insufficient-data'));
  expect(early.state.windows.map((window) => of('estimated-performance', window)?.status)).toEqual(new Array(4).fill('alert'));
  expect(early.state.windows.map((window) => of('estimated-performance', window)?.sampleSize)).toEqual([400, 800, 800, 800]);
  expect(early.state.incidents).toMatchObject([{ kind: 'estimated-performance', subject: 'rocAuc' }]);
  expect(early.decisions.map(({ kind }) => kind)).toContain('request-retraining');
  const refreshed = late.state.windows.slice(0, 4);
  // Every other metric of the same rows is kept of the newest window only.
  expect(early.state.windows.map((window) => of('estimated-performance', window)?.estimates !== undefined)).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(refreshed.map((window) => of('estimated-performance', window))).toEqual(
    early.state.windows.map((window) => {
      const { estimates: _, ...kept } = of('estimated-performance', window) ?? {};
      return kept;
    }),
  );
  expect(refreshed.every((window) => of('realised-performance', window)?.value != null)).toBe(true);
  expect(estimateRecord(definition, early.state).bands).toBe(0);
  expect(estimateRecord(definition, late.state).bands).toBe(2);
});
