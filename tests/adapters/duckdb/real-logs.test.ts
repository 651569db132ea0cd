import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Column } from '../../../pipelines/core/schema/column.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { openLog } from './example-log.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data');
const present = existsSync(DATA);
if (!present) console.warn('SKIPPED: the real logs of ../shared/data are not here; hotel bookings and employment were not read');

function definitionOf(
  name: string,
  columns: readonly (Pick<Column, 'name' | 'kind'> & Partial<Column>)[],
  score: string,
  arrived?: string,
) {
  const path = `${name}/log.csv.gz`;
  return ModelDefinition.parse({
    schemaVersion: 1,
    name,
    task: 'binary',
    objective: 'Read a real log.',
    owner: 'testers',
    stakeholders: ['testers'],
    successMetrics: [{ metric: 'rocAuc', target: 0.6, why: 'test' }],
    columns,
    logs: { format: 'csv', path, columns: { id: 'id', timestamp: 'ts', score } },
    labels: {
      format: 'csv',
      path,
      columns: { id: 'id', label: 'label', ...(arrived === undefined ? {} : { timestamp: arrived }) },
      positive: '1',
      negative: '0',
      delay: 'P30D',
    },
    gate: { rules: [] },
  });
}

function labelled(cubes: readonly LabelCube[]): number {
  return cubes.reduce((sum, cube) => sum + cube.labelled, 0);
}

test.skipIf(!present)('reads two years of hotel bookings whose labels arrive late in the log itself', async () => {
  const columns = [
    { name: 'lead_time', kind: 'numeric' as const },
    { name: 'adr', kind: 'numeric' as const },
    { name: 'market_segment', kind: 'categorical' as const },
    { name: 'agent', kind: 'categorical' as const },
  ];
  // The log has no score; the 0/1 column of repeated guests stands in for one.
  const log = await openLog(definitionOf('hotel-bookings', columns, 'is_repeated_guest', 'label_ts'), DATA);
  const asOf = '2017-12-31T00:00:00Z';
  const july = { start: '2015-07-01T00:00:00Z', end: '2015-08-01T00:00:00Z' };
  const all = { start: '2015-07-01T00:00:00Z', end: '2017-12-01T00:00:00Z' };

  const coverage = await log.coverage(asOf);
  const [profile] = await log.profile([all], await log.learnGrids(july, asOf), asOf);
  const counts = [await log.countLabelled(july, july.end), await log.countLabelled(july, asOf), await log.countLabelled(all, asOf)];
  const cubes = await log.cubes([all], asOf);

  expect(coverage?.earliest).toBe('2015-07-01T00:00:00Z');
  expect(coverage?.watermark.slice(0, 7)).toBe('2017-08');
  expect(profile).toMatchObject({ rows: 118_673, quarantined: {} });
  expect(counts[0]).toBeGreaterThan(0);
  expect(counts[0]).toBeLessThan(counts[1] ?? 0);
  expect(counts[2]).toBe(118_673);
  expect(labelled(cubes)).toBe(118_673);
  expect((cubes[0]?.positives ?? 0) / 118_673).toBeCloseTo(0.372, 2);
});

test.skipIf(!present)('reads four years of employment with the scores of an existing model', async () => {
  const columns = [
    { name: 'AGEP', kind: 'numeric' as const },
    { name: 'SEX', kind: 'categorical' as const, role: 'protected' as const },
  ];
  const log = await openLog(definitionOf('acs-employment-ma', columns, 'score'), DATA);
  const asOf = '2019-01-01T00:00:00Z';
  const years = [2015, 2016, 2017, 2018].map((year) => ({ start: `${year}-01-01T00:00:00Z`, end: `${year + 1}-01-01T00:00:00Z` }));

  const profiles = await log.profile(
    years,
    await log.learnGrids({ start: '2015-01-01T00:00:00Z', end: '2016-01-01T00:00:00Z' }, asOf),
    asOf,
  );
  const cubes = await log.cubes(years, asOf);

  expect(profiles.reduce((sum, profile) => sum + profile.rows, 0)).toBe(277_677);
  expect(profiles.map((profile) => profile.quarantined)).toEqual([{}, {}, {}, {}]);
  expect(profiles[0]?.columns['SEX']).toMatchObject({ distinct: 2, missing: 0 });
  expect(labelled(cubes)).toBe(277_677);
  expect(cubes.reduce((sum, cube) => sum + cube.positives, 0) / 277_677).toBeCloseTo(0.501, 3);
});
