import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckDbLog } from '../../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { learnLagCurve } from '../../../pipelines/core/profile/learn-lag-curve.ts';
import { maturityOf } from '../../../pipelines/core/profile/maturity.ts';
import { mergeArrivals } from '../../../pipelines/core/profile/merge-arrivals.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { windowsBetween } from '../../../pipelines/core/schema/window.ts';

const DATA = resolve(import.meta.dirname, '../../../../shared/data');
const FILE = 'hotel-bookings/log.csv.gz';
const IS_HERE = existsSync(resolve(DATA, FILE));
if (!IS_HERE) console.warn('SKIPPED: ../shared/data/hotel-bookings is absent, so lags of real labels are not checked');

const DAY = 86_400;
const AS_OF = '2016-01-07T00:00:00Z';
const MUCH_LATER = '2017-12-31T00:00:00Z';

/** A booking is cancelled, or the guest leaves: 0 to 69 days after the arrival that was planned. */
const definition = ModelDefinition.parse({
  schemaVersion: 1,
  name: 'hotel-cancellation',
  task: 'binary',
  objective: 'Tell which bookings will be cancelled.',
  owner: 'revenue team',
  stakeholders: ['hotels'],
  successMetrics: [{ metric: 'rocAuc', target: 0.75, why: 'Test only.' }],
  columns: [{ name: 'lead_time', kind: 'numeric' }],
  logs: { format: 'csv', path: FILE, columns: { id: 'id', timestamp: 'ts', score: 'is_repeated_guest' } },
  labels: {
    format: 'csv',
    path: FILE,
    columns: { id: 'id', label: 'label', timestamp: 'label_ts' },
    positive: '1',
    negative: '0',
    delay: 'P7D',
  },
  gate: { rules: [] },
});

test.skipIf(!IS_HERE)('hotel bookings: a curve learnt on the first day of 2016 tells how many labels of later weeks are in', async () => {
  const log = await openDuckDbLog({ definition, dataRoot: DATA });
  const before = windowsBetween({ start: '2015-10-08T00:00:00Z', end: AS_OF }, 7 * DAY);
  const after = windowsBetween({ start: AS_OF, end: '2016-12-29T00:00:00Z' }, 7 * DAY);

  const curve = learnLagCurve(await log.arrivals(before, AS_OF), AS_OF);
  const lines: string[] = [];
  const errors: number[] = [];
  const bends: number[] = [];
  const final = await log.arrivals(after, MUCH_LATER);
  for (const wait of [0, 1, 3, 7, 14]) {
    for (const [index, window] of after.entries()) {
      const asOf = addSeconds(window.end, wait * DAY);
      const [now] = await log.arrivals([window], asOf);
      const all = final[index];
      if (now === undefined || all === undefined) throw new RangeError('a window is missing');
      const { share, excessPositives } = maturityOf({ definition, curve }, window, asOf);
      errors.push(now.labels / all.labels - share);
      const positives = (arrivals: typeof all) => arrivals.cells.reduce((sum, [, , yes]) => sum + yes, 0) / arrivals.labels;
      bends.push(Math.sign(excessPositives ?? 0) * (positives(now) - positives(all)));
      if (index % 13 === 0)
        lines.push(
          [
            window.start.slice(0, 10),
            `+${wait} d`,
            share.toFixed(3),
            (now.labels / all.labels).toFixed(3),
            (excessPositives ?? 0).toFixed(3),
            (positives(now) - positives(all)).toFixed(3),
          ].join('  '),
        );
    }
  }
  log.close();

  console.info(['week        wait  expected  in  bend expected  bend', ...lines].join('\n'));
  const whole = final.reduce(mergeArrivals);
  console.info(
    `${whole.labels} labels, ${whole.corrected} corrected; least error ${Math.min(...errors).toFixed(3)}, mean error ${(errors.reduce((a, b) => a + b) / errors.length).toFixed(4)}`,
  );
  console.info(JSON.stringify(curve?.points.slice(0, 24)));
  expect(curve).not.toBeNull();
  // Rather too small than too large: within a cell of the grid a label counts as come at the cell's end. Summer guests stay longer than those of the autumn.
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  expect(mean).toBeGreaterThan(0);
  expect(mean).toBeLessThan(0.08);
  expect(Math.min(...errors)).toBeGreaterThan(-0.06);
  expect(bends.filter((bend) => bend >= 0).length / bends.length).toBeGreaterThan(0.8);
});
