import { expect, test } from 'vitest';
import { calibrateCube } from '../../pipelines/core/profile/calibrate-cube.ts';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { secondEstimate } from '../../pipelines/core/profile/second-estimate.ts';
import { weighSecondOpinion } from '../../pipelines/core/signals/weigh-second-opinion.ts';
import { bandCoverage, type EstimatedAndRealised } from '../../pipelines/core/statistics/estimation/band-coverage.ts';
import { estimateClassification } from '../../pipelines/core/statistics/estimation/estimated-classification.ts';
import { normalInterval } from '../../pipelines/core/statistics/intervals/normal-interval.ts';
import { realisedClassification } from '../../pipelines/core/statistics/metrics/realised-classification.ts';
import { answersOf, groupRows } from '../fakes/two-groups.ts';
import { definitionWith, uniform } from '../fakes/watched-world.ts';

const WINDOW = { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' };
const [REFERENCE_ROWS, WINDOW_ROWS, REPEATS] = [2500, 1000, 80];
const definition = definitionWith({
  columns: [
    { name: 'distance', kind: 'numeric' },
    { name: 'carrier', kind: 'categorical' },
  ],
});

interface Found {
  readonly first: EstimatedAndRealised[];
  readonly second: EstimatedAndRealised[];
  readonly shown: EstimatedAndRealised[];
  disagreed: number;
}

/** A fresh reference and window each time; the share of the second group, or the scores alone, move. */
function bandsOf({ share, lean }: { readonly share: number; readonly lean: number }): Found {
  const next = uniform(Math.round(100 * share + 10 * lean));
  const found: Found = { first: [], second: [], shown: [], disagreed: 0 };
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const reference = groupRows({ rows: REFERENCE_ROWS, share: 0.2, name: `a${repeat}` }, next);
    const window = groupRows({ rows: WINDOW_ROWS, share, lean, name: `b${repeat}` }, next);
    const second = secondEstimate({ definition, recognised: {}, reference, answers: answersOf(reference), window });
    const calibration = calibrateCube(cubeOf({ ...reference, window: WINDOW, modelVersion: null }));
    if (second === null || calibration === null) throw new RangeError('both estimates can be made');
    const called = window.scores.map((score) => Number(score >= 0.5));
    const rows = { scores: window.scores, called: Uint8Array.from(called), rows: new Float64Array(WINDOW_ROWS).fill(1) };
    const own = estimateClassification(rows, calibration.map).find(({ metric }) => metric === 'rocAuc');
    const realised =
      realisedClassification({ ...rows, labels: window.labels }).find(({ metric }) => metric === 'rocAuc')?.value ?? Number.NaN;
    const [value, standardError] = [own?.value ?? Number.NaN, own?.standardError ?? Number.NaN];
    const interval = normalInterval({ value, standardError });
    const weighed = weighSecondOpinion({ metric: 'rocAuc', value, standardError, interval, factor: 1 }, second);
    found.first.push({ ...interval, realised });
    found.shown.push({ ...(weighed?.interval ?? interval), realised });
    if (weighed?.opinion.interval != null) found.second.push({ ...weighed.opinion.interval, realised });
    if (weighed?.opinion.agrees === false) found.disagreed += 1;
  }
  return found;
}

function told(name: string, found: Found): void {
  const say = (pairs: readonly EstimatedAndRealised[]) => {
    const { covered, bands, interval } = bandCoverage(pairs);
    return `${covered} of ${bands} (${((interval?.lower ?? 0) * 100).toFixed(0)} to ${((interval?.upper ?? 0) * 100).toFixed(0)} %)`;
  };
  console.log(
    `${name}: AUC held by the estimate ${say(found.first)}, by the second opinion ${say(found.second)}, by the band that is shown ${say(found.shown)}; disagreed ${found.disagreed} times`,
  );
}

test.each([
  { name: 'nothing moved', share: 0.2, lean: 0 },
  { name: 'scores moved, what they mean did not', share: 0.2, lean: 0.8 },
])('$name: the second opinion agrees, and the band stays honest', ({ name, share, lean }) => {
  const found = bandsOf({ share, lean });
  told(name, found);

  const { interval } = bandCoverage(found.shown);
  expect(interval?.upper).toBeGreaterThan(0.93);
  expect(interval?.lower).toBeLessThan(0.97);
  expect(found.disagreed).toBeLessThanOrEqual(0.05 * REPEATS);
});

test.each([
  { name: 'the weaker group went from 20 % to 50 % of the rows', share: 0.5, lean: 0 },
  { name: 'the weaker group went from 20 % to 80 % of the rows', share: 0.8, lean: 0 },
])('$name: the estimate is wrong, the second opinion says so', ({ name, share, lean }) => {
  const found = bandsOf({ share, lean });
  told(name, found);

  expect(bandCoverage(found.first).share).toBeLessThan(0.1);
  expect(found.disagreed).toBeGreaterThanOrEqual(0.95 * REPEATS);
  // Not the 95 % of an estimate that may raise an alarm: weights are estimates too, and their error is in no band.
  expect(bandCoverage(found.shown).share).toBeGreaterThan(0.8);
});
