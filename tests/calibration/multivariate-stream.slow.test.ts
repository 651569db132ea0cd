import { expect, test } from 'vitest';
import { restlessRows } from '../../pipelines/core/profile/restless-rows.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import { multivariateDrift } from '../../pipelines/core/signals/multivariate-drift.ts';
import { vocabularyDrift } from '../../pipelines/core/signals/vocabulary.ts';
import { stepShiryaevRoberts } from '../../pipelines/core/statistics/sequential/e-detector.ts';
import { sampledDefinition, sampledRows } from '../fakes/sampled-world.ts';
import { MONDAY, ordinaryDay, ordinaryReference } from '../fakes/watched-world.ts';

const DAY = 86_400;
const RUNS = 90;
const BUDGET = 90;

/** Alarms of the detector of one sampled measure over 90 days without drift, starting afresh after each. */
function alarmsIn(seed: number, world: { readonly text: boolean; readonly wander: number; readonly isLearnt: boolean }) {
  const definition = sampledDefinition(world.text ? 'public' : false);
  const rows = sampledRows({ rows: 2800, seed, day: -14, days: 14, wander: world.wander });
  const windows = windowsBetween({ start: addSeconds(MONDAY, -14 * DAY), end: MONDAY }, DAY);
  const restless = world.isLearnt ? restlessRows(definition, { rows, windows, recognised: {} }) : null;
  const reference = { ...ordinaryReference(definition), ...(restless === null ? {} : { restless }) };
  let [evidence, alarms, sum] = [0, 0, 0];
  for (let run = 0; run < RUNS; run += 1) {
    const window = sampledRows({ rows: 280, seed: seed * 1000 + run + 1, wander: world.wander });
    const given = {
      definition,
      reference,
      profile: ordinaryDay({ rows: 280, seed: 5 }),
      trailingCubes: [],
      cycle: [],
      sample: { reference: rows, window },
    };
    const [found] = world.text ? vocabularyDrift(given) : multivariateDrift(given);
    const eValue = found?.eValue ?? Number.NaN;
    sum += eValue;
    evidence = stepShiryaevRoberts(evidence, eValue);
    if (evidence < BUDGET) continue;
    alarms += 1;
    evidence = 0;
  }
  return { alarms, mean: sum / RUNS };
}

test.each([
  ['columns together, rows drawn alike', { text: false, wander: 0, isLearnt: true }, 8, 1],
  ['columns together, days that wander by .1 sd', { text: false, wander: 0.1, isLearnt: true }, 8, 1],
  ['columns together, days that wander by .3 sd', { text: false, wander: 0.3, isLearnt: true }, 8, 1],
  ['words, rows drawn alike', { text: true, wander: 0, isLearnt: true }, 3, 1],
] as const)(
  'in 90 days without drift the evidence of %s raises no more alarms than the budget allows',
  { timeout: 3_600_000 },
  (what, world, streams, most) => {
    const found = Array.from({ length: streams }, (_, stream) => alarmsIn(stream + 1, world));

    const alarms = found.reduce((sum, each) => sum + each.alarms, 0) / streams;
    const mean = found.reduce((sum, each) => sum + each.mean, 0) / streams;
    console.log(`${what}: ${alarms.toFixed(3)} alarms in 90 runs (${streams} streams), mean e-value ${mean.toFixed(3)}`);
    expect(alarms).toBeLessThanOrEqual(most);
  },
);

test('what wandering days would do without the restlessness of the reference', { timeout: 3_600_000 }, () => {
  const found = Array.from({ length: 5 }, (_, stream) => alarmsIn(stream + 1, { text: false, wander: 0.3, isLearnt: false }));

  const alarms = found.reduce((sum, each) => sum + each.alarms, 0) / found.length;
  console.log(`days that wander by .3 sd, taken for independent rows: ${alarms.toFixed(1)} alarms in 90 runs`);
  expect(alarms).toBeGreaterThan(3);
});
