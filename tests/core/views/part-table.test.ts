import { describe, expect, test } from 'vitest';
import { groupPromise } from '../../../pipelines/core/evaluation/group-promise.ts';
import { groupLines, sliceLines } from '../../../pipelines/core/registry/card-parts.ts';
import { attributeTables, sliceTable } from '../../../pipelines/core/views/part-table.ts';
import { goodReport } from '../../fakes/gate-cases.ts';
import { reportWithParts } from '../../fakes/report-with-parts.ts';

describe('the tables of an evaluation', () => {
  test('show all rows, declared slices and found ones, with what the search did', () => {
    const found = sliceTable(reportWithParts());

    expect(found?.rows.map(({ name, kind }) => [name, kind])).toEqual([
      ['all rows', 'all rows'],
      ['young', 'declared'],
      ['rare', 'declared'],
      ['place is east', 'found'],
    ]);
    expect(found?.rows[1]).toMatchObject({
      champion: '0.120 (0.100 to 0.140)',
      challenger: '0.150 (0.130 to 0.170)',
      increase: '0.0300 (0.0100 to 0.0500)',
    });
    expect(found?.rows[2]?.challenger).toBe('3 labelled rows; at least 100 are needed.');
    expect(found?.notes.join(' ')).toContain('12 slices of one and two columns were looked at on 2,500 rows; 2 slices stood out');
    expect(found?.notes.join(' ')).toContain('Collect labels where place is east');
  });

  test('show the rates of groups and the distances between them', () => {
    const [found] = attributeTables(reportWithParts());

    expect(found?.groups.map(({ name, rows, increase }) => [name, rows, increase])).toEqual([
      ['under 25', '1,000', '0.0300 (0.0100 to 0.0500)'],
      ['25 or more', '4,000', '–'],
    ]);
    expect(found?.distances[0]).toMatchObject({
      name: 'selection rate ratio',
      challenger: '0.700 (0.680 to 0.720)',
      between: 'under 25, 25 or more',
    });
    expect(found?.notes).toEqual(['7 rows of groups too small to be compared are left out.']);
  });

  test('say when their counts are of a sample, and only then', () => {
    const report = reportWithParts();
    const sampled = { ...report, heldOut: { ...report.heldOut, rows: 100_000, sampledFrom: 341_000 } };

    const captions = [sliceTable(sampled)?.caption, attributeTables(sampled)[0]?.caption];

    expect(
      captions.every((caption) =>
        caption?.endsWith(' Counts are of a sample: 100,000 labelled rows, drawn by hash of id from 341,000 rows.'),
      ),
    ).toBe(true);
    expect(sliceTable(report)?.caption).not.toContain('sample');
  });

  test('are none for a report from before slices and groups were measured', () => {
    expect(sliceTable(goodReport())).toBeNull();
    expect(attributeTables(goodReport())).toEqual([]);
    expect(groupPromise(goodReport())).toBeNull();
  });
});

test('a model card tells slices and groups with their intervals', () => {
  const lines = [...sliceLines(reportWithParts()), ...groupLines(reportWithParts())];

  expect(lines).toContain('young: wrong calls 0.150 (0.130 to 0.170), n = 1,000');
  expect(lines).toContain('rare: 3 labelled rows; at least 100 are needed.');
  expect(lines).toContain('age: selection rate ratio 0.700 (0.680 to 0.720), lowest under 25, highest 25 or more');
  expect(lines).toContain('age: 7 rows of groups too small to be compared are left out.');
});

test('a version promises its loss in declared slices that could be measured, and how numbers were cut', () => {
  expect(groupPromise(reportWithParts())).toEqual({
    loss: 'wrong calls',
    overall: 0.1,
    slices: [{ name: 'young', loss: 0.15, sampleSize: 1000 }],
    cuts: { age: [25] },
  });
});
