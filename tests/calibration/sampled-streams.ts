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

/** Days of rows without drift. */
export interface SampledStream {
  readonly text: boolean;
  /** How far each day moves, in standard deviations. */
  readonly wander: number;
  /** Whether the reference knows how restless its days are. */
  readonly isLearnt: boolean;
}

/** Alarms of the detector of one sampled measure over 90 days without drift, starting afresh after each, and the mean e-value. */
function alarmsIn(seed: number, world: SampledStream): { readonly alarms: number; readonly mean: number } {
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

/** Mean alarms and mean e-value of so many streams. */
export function meanAlarms(streams: number, world: SampledStream): { readonly alarms: number; readonly mean: number } {
  const found = Array.from({ length: streams }, (_, stream) => alarmsIn(stream + 1, world));
  return {
    alarms: found.reduce((sum, each) => sum + each.alarms, 0) / streams,
    mean: found.reduce((sum, each) => sum + each.mean, 0) / streams,
  };
}
