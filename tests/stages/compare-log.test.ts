import { describe, expect, test } from 'vitest';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { measureDrift } from '../../pipelines/core/signals/drift-measure.ts';
import { compareLog, type LogComparison } from '../../pipelines/stages/compare-log.ts';
import { RULE } from '../fakes/compared-tables.ts';
import { loansOf } from '../fakes/memory-log.ts';
import { loanDefinition } from '../fakes/policy-world.ts';
import { RecordingLog } from '../fakes/recording-log.ts';

const DAY = 86_400;
const RANGE = { start: '2001-01-10T00:00:00Z', end: '2001-01-20T00:00:00Z' };
const LAST = { start: '2001-01-22T00:00:00Z', end: '2001-01-23T00:00:00Z' };
const ASOF = '2001-01-23T12:00:00Z';

/** Ten days of reference, three quiet days and one on which incomes have risen. */
function loanLog(): RecordingLog {
  const log = new RecordingLog();
  for (let day = 0; day < 13; day += 1) {
    const start = addSeconds(RANGE.start, day * DAY);
    log.add(loansOf(start, { rows: 300, skill: 0.8, shift: start === LAST.start ? 150 : 0 }));
  }
  // A row of the day after, so that the last day is complete.
  log.add(loansOf(LAST.end, { rows: 1, skill: 0.8 }));
  return log;
}

async function referenceOf(log: RecordingLog, definition = loanDefinition()): Promise<ReferenceProfile> {
  const grids = await log.learnGrids(RANGE, ASOF);
  const windows = await log.profile([RANGE], grids, ASOF);
  return buildReference({ definition, version: 'v1', range: RANGE, windowSeconds: DAY, windows, grids, cubes: [] });
}

async function task(changes: Partial<LogComparison> = {}): Promise<LogComparison> {
  const log = loanLog();
  const definition = loanDefinition();
  const reference = await referenceOf(log, definition);
  const asked = { period: null, against: null, limit: 10_000, rule: RULE, detail: 'full' as const, only: null };
  return { definition, reference, log, asOf: ASOF, ...asked, ...changes };
}

describe('a model compared with its past', () => {
  test('the newest complete window against the reference of the champion', async () => {
    const given = await task();

    const sheet = await compareLog(given);

    expect((given.log as RecordingLog).requests.map(({ range }) => range)).toEqual([RANGE, LAST]);
    expect(sheet).toMatchObject({ model: 'loan', reference: { name: 'reference of v1, 2001-01-10 to 2001-01-20', rows: 3000 } });
    expect(sheet.columns.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['income', 'drifted'],
      ['$score', 'no-drift'],
      ['purpose', 'no-drift'],
    ]);
  });

  test('says of the same rows what the watcher says', async () => {
    const given = await task();
    const { reference, definition, log } = given;
    const [profile] = await log.profile([LAST], reference?.grids ?? {}, ASOF);

    const { columns } = await compareLog(given);

    for (const { name, effect } of columns) {
      const [before, now, binning] = [reference?.profile.columns[name], profile?.columns[name], reference?.binnings[name]];
      if (before === undefined || now === undefined || binning === undefined) throw new Error(`no ${name}`);
      const watched = measureDrift({ reference: before, current: now, binning, rareBelow: 20 }, definition.monitoring.drift);
      expect(effect?.value).toBeCloseTo(watched.effect, 12);
      expect(effect?.limit).toBeCloseTo(watched.limit, 12);
    }
  });

  test('two ranges of choice, with or without a version', async () => {
    const [from, until] = ['2001-01-20T00:00:00Z', '2001-01-22T00:00:00Z'];
    const given = await task({ reference: null, period: { from, until }, against: { start: RANGE.start, end: '2001-01-12T00:00:00Z' } });

    const sheet = await compareLog(given);

    expect(sheet.reference).toMatchObject({ name: '2001-01-10 to 2001-01-12', rows: 600 });
    expect(sheet.current).toMatchObject({ name: '2001-01-20 to 2001-01-22', rows: 600 });
    expect(sheet.columns.every(({ verdict }) => verdict === 'no-drift')).toBe(true);
  });

  test('a sample is told as one', async () => {
    const sheet = await compareLog(await task({ limit: 200 }));

    expect(sheet.notes).toEqual(['at most 200 rows a side were read, chosen by hash of id: --rows reads more']);
    expect(sheet.current.rows).toBe(200);
  });

  test('calendar and personal columns are left out, personal numbers keep their values', async () => {
    const definition = loanDefinition({
      columns: [
        { name: 'income', kind: 'numeric', sensitivity: 'personal' },
        { name: 'purpose', kind: 'categorical', sensitivity: 'personal' },
      ],
    });

    const sheet = await compareLog(await task({ definition }));

    const [income, purpose] = ['income', 'purpose'].map((name) => sheet.columns.find((column) => column.name === name));
    expect(purpose).toMatchObject({ verdict: 'left-out', why: 'personal: its values are counted without their names', classes: [] });
    expect(income?.verdict).toBe('drifted');
    expect(JSON.stringify(income)).not.toMatch(/"label":"[^"]*\d{3}/);
    expect(income).toMatchObject({ summaries: null, medians: null });
  });

  test('values and quantiles of fewer rows than privacy.minimumCount are not told', async () => {
    const log = loanLog();
    log.add(loansOf('2001-01-10T12:00:00Z', { rows: 15, skill: 0.8 }).map((row) => ({ ...row, id: `rare ${row.id}`, purpose: 'yacht' })));
    const against = { start: RANGE.start, end: '2001-01-11T00:00:00Z' };

    const sheet = await compareLog(await task({ reference: null, log, against }));

    const [income, purpose] = ['income', 'purpose'].map((name) => sheet.columns.find((column) => column.name === name));
    expect(JSON.stringify(sheet)).not.toContain('yacht');
    expect(purpose?.classes.find(({ label }) => label === '(other)')).toEqual({ label: '(other)', reference: 8, current: 0 });
    expect(income?.summaries?.reference.quantiles.map(([share]) => share)).toEqual([0.25, 0.5, 0.75]);
  });

  test.each([
    [{ reference: null }, 'REFERENCE_MISSING'],
    [{ asOf: '2001-01-01T00:00:00Z' }, 'LOG_EMPTY'],
    [{ period: { from: '2001-03-01T00:00:00Z', until: null } }, 'RANGE_EMPTY'],
    [{ asOf: '2001-01-20T06:00:00Z' }, 'NO_COMPLETE_WINDOW'],
  ] as const)('%j is refused with %s', async (changes, code) => {
    await expect(task(changes).then(compareLog)).rejects.toMatchObject({ code });
  });
});
