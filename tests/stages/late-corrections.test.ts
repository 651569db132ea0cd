import { expect, test } from 'vitest';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { type Window, windowsBetween } from '../../pipelines/core/schema/window.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { loanDefinition, versionOf, watchedState } from '../fakes/policy-world.ts';

const DAY = 86_400;
const RANGE = { start: '2001-01-20T00:00:00Z', end: '2001-02-03T00:00:00Z' };
const SECOND_DAY = addSeconds(RANGE.end, DAY);

/** A log in which the labels of one day turn out to have been wrong. */
class CorrectedLog extends MemoryLog {
  corrected = 0;

  correct(day: string): void {
    for (const [place, row] of this.rowsHeld.entries()) {
      if (row.at < day || row.at >= addSeconds(day, DAY) || place % 2 === 0) continue;
      this.rowsHeld[place] = { ...row, label: row.label === 1 ? 0 : 1 };
      this.corrected += 1;
    }
  }

  override async arrivals(windows: readonly Window[], asOf: string) {
    const found = await super.arrivals(windows, asOf);
    return found.map((each) => (each.window.start === SECOND_DAY ? { ...each, corrected: this.corrected } : each));
  }
}

test('labels that change after they came change their old window and the evidence, and are counted', async () => {
  const definition = loanDefinition();
  const log = new CorrectedLog();
  const days = windowsBetween(RANGE, DAY);
  for (let day = -14; day < 6; day += 1) log.add(loansOf(addSeconds(RANGE.end, day * DAY), { rows: 600, skill: 0.8 }));
  const grids = await log.learnGrids(RANGE, SECOND_DAY);
  const windows = await log.profile(days, grids, SECOND_DAY);
  const cubes = await log.cubes(days, SECOND_DAY);
  const reference = buildReference({ definition, version: 'v1', range: RANGE, windowSeconds: DAY, windows, grids, cubes });
  const around = {
    definition,
    deployment: { schemaVersion: 1 as const, model: 'loan', production: 'v1', fallback: null },
    reference,
    championVersion: versionOf('v1', RANGE.start),
    log,
    labels: log,
    artifacts: new MemoryArtifacts(),
  };
  const run = async (state: ModelState, day: number) => {
    const asOf = addSeconds(RANGE.end, day * DAY);
    return reduceState(state, { ...(await watchModel({ ...around, state, asOf })), decisions: [], asOf });
  };
  const ofSecondDay = ({ windows: kept }: ModelState) => kept.find(({ window }) => window.start === SECOND_DAY);
  const evidenceOf = ({ windows: kept }: ModelState) =>
    kept.at(-1)?.signals.find(({ kind, subject }) => kind === 'realised-performance' && subject === 'rocAuc')?.evidence?.total ??
    Number.NaN;

  const before = await run(await run(watchedState(), 4), 5);
  log.correct(SECOND_DAY);
  const after = await run(before, 6);

  expect(ofSecondDay(before)?.realised).toMatchObject({ metric: 'rocAuc', corrected: 0 });
  expect(ofSecondDay(after)?.realised?.corrected).toBe(300);
  expect(ofSecondDay(after)?.labelled).toBe(600);
  expect(ofSecondDay(after)?.realised?.value).toBeLessThan((ofSecondDay(before)?.realised?.value ?? 0) - 0.1);
  expect(evidenceOf(before)).toBeLessThan(10);
  expect(Math.abs(evidenceOf(after) - evidenceOf(before))).toBeGreaterThan(0.01);
  expect(ofSecondDay(await run(after, 6))?.realised?.corrected).toBe(300);
});
