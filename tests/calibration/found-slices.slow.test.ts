import { expect, test } from 'vitest';
import { sliceReport } from '../../pipelines/core/evaluation/slice-report.ts';
import { wilsonInterval } from '../../pipelines/core/statistics/intervals/wilson-interval.ts';
import { type PlantedError, plantedRows } from '../fakes/planted-rows.ts';
import { definitionWith } from '../fakes/watched-world.ts';

const DEFINITION = definitionWith({
  columns: [
    { name: 'size', kind: 'numeric' },
    { name: 'place', kind: 'categorical' },
    { name: 'group', kind: 'categorical' },
  ],
});
const RATE = DEFINITION.monitoring.slices.falseDiscoveryRate;

function reportOf(seed: number, errors?: PlantedError) {
  const { table, scores } = plantedRows({ rows: 4000, seed, stormy: 0.15, ...(errors === undefined ? {} : { errors }) });
  return sliceReport({ definition: DEFINITION, rows: table, challenger: { scores }, champion: null });
}

test('without any slice, at most the stated share of 400 searches report one, though days differ', () => {
  const streams = 400;
  let reporting = 0;
  for (let seed = 1; seed <= streams; seed += 1) if (reportOf(seed).found.length > 0) reporting += 1;
  const { lower } = wilsonInterval(reporting, streams, 0.99);
  console.info(`found slices under the null: ${reporting} of ${streams} searches report one (at most ${RATE * streams} expected)`);

  expect(lower).toBeLessThanOrEqual(RATE);
});

test('with one bad slice, few of the reported ones lie outside it, and intervals hold the loss that the reported slice has', () => {
  const errors: PlantedError = ({ place }) => (place === 'east' ? 0.3 : 0.1);
  // A storm of at most 0.15 adds half of that on average.
  const lossIn = 0.3 + 0.075;
  let [reported, false_, detected, held, simple] = [0, 0, 0, 0, 0];
  const streams = 200;
  for (let seed = 1; seed <= streams; seed += 1) {
    const { found } = reportOf(seed, errors);
    const outside = found.filter(({ name }) => !name.includes('place is east'));
    reported += found.length;
    false_ += found.length === 0 ? 0 : outside.length / found.length;
    if (found.length > outside.length) detected += 1;
    for (const { challenger } of found.filter(({ name }) => name === 'place is east')) {
      simple += 1;
      if ((challenger.interval?.lower ?? 1) <= lossIn && lossIn <= (challenger.interval?.upper ?? 0)) held += 1;
    }
  }
  console.info(
    `found slices with one planted: detected in ${detected} of ${streams}, ${reported} reported, mean share outside it ${(false_ / streams).toFixed(4)}, interval held ${held} of ${simple}`,
  );

  expect(detected / streams).toBeGreaterThan(0.95);
  expect(false_ / streams).toBeLessThanOrEqual(RATE);
  expect(wilsonInterval(held, simple, 0.99).upper).toBeGreaterThan(0.95);
});
