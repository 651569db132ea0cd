import { expect, test } from 'vitest';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import { day, LATER, openLog, temporaryFolder } from './example-log.ts';
import { numberRows, taskDefinition } from './task-log.ts';
import { writeLog } from './write-log.ts';

const TEXTS = ['play the new song', '', null, 'ein Lied für Zoë', '天気', 'x'.repeat(300)];

test.each(['parquet', 'csv', 'jsonl'] as const)(
  'a text in %s is counted by its characters, read as it is, and left nowhere in a profile',
  async (format) => {
    const { log, labels } = numberRows(1, 120);
    const root = temporaryFolder();
    const rows = log.map((row, index) => ({ ...row, request: TEXTS[index % TEXTS.length] ?? null }));
    await writeLog(root, `log.${format}`, rows);
    await writeLog(root, `labels.${format}`, labels);
    const definition = taskDefinition('regression', format, {
      columns: [
        { name: 'request', kind: 'text', required: false },
        { name: 'amount', kind: 'numeric' },
      ],
    });
    const opened = await openLog(definition, root);

    const grids = await opened.learnGrids(day(1), LATER);
    const [profile] = await opened.profile([day(1)], grids, LATER);
    const table = await opened.rows({ range: day(1), asOf: LATER, limit: 1000, labelledOnly: false });

    const texts = table.texts['request'] ?? [];
    const grid = grids['request'];
    if (grid === undefined) throw new Error('no grid of the length');
    const lengths = Float64Array.from(texts, (text) => (text === null || text === '' ? Number.NaN : [...text].length));
    expect(profile?.columns['request']).toEqual(numericProfile(lengths, grid));
    expect(profile?.columns['request']).toMatchObject({
      kind: 'numeric',
      missing: texts.filter((text) => text === null || text === '').length,
    });
    expect(new Set(texts.filter((text) => text !== null))).toEqual(new Set(TEXTS.filter((text) => text !== null && text !== '')));
    expect(JSON.stringify(profile)).not.toMatch(/Lied|song/);
  },
);
