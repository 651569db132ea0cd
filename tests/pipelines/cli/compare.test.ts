import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareCommand } from '../../../pipelines/cli/compare.ts';
import { runCommand } from '../../../pipelines/cli/run-command.ts';
import { pipelineCommands } from '../../../pipelines/cli.ts';
import { DriftSheet } from '../../../pipelines/core/schema/drift-sheet.ts';
import { AFTER, BEFORE, writeCsv } from '../../fakes/compared-files.ts';

let folder: string;
let reference: string;
let current: string;

async function run(...args: readonly string[]) {
  const [printed, noted]: [string[], string[]] = [[], []];
  const code = await runCommand(pipelineCommands, {
    arguments: ['compare', ...args],
    environment: {},
    workingDirectory: folder,
    version: async () => '0',
    print: (line) => printed.push(line),
    note: (line) => noted.push(line),
  });
  return { code, text: printed.join('\n'), noted: noted.join('\n') };
}

async function sheetOf(...args: readonly string[]): Promise<DriftSheet> {
  return DriftSheet.parse(JSON.parse((await run(...args, '--json')).text));
}

function verdicts({ columns }: DriftSheet): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, verdict }) => [name, verdict]));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-compare-'));
  const withTime = (start: number) => (row: (typeof BEFORE)[number], place: number) => {
    const at = new Date(Date.UTC(2026, 0, start) + place * 3_600_000);
    return { id: `k${start}-${place}`, at: at.toISOString(), hour: at.getUTCHours(), ...row };
  };
  reference = await writeCsv(
    folder,
    'before.csv',
    BEFORE.map(withTime(1)).map((row) => ({ ...row, gone: 1, code: row.rooms })),
  );
  current = await writeCsv(
    folder,
    'after.csv',
    AFTER.map(withTime(20)).map((row) => ({ ...row, fresh: 1, code: `c${row.rooms}` })),
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe('two files', () => {
  test('a line a column, what matters first', async () => {
    const { code, text } = await run('--reference', 'before.csv', '--current', 'after.csv');

    expect(code).toBe(0);
    expect(text).toMatchInlineSnapshot(`
      "before.csv (300 rows) → after.csv (260 rows): 3 of 5 columns have drifted, 1 changed its kind, 1 is lost, 1 is new

      column   kind             missing  effect   PSI  moved by  test             q  verdict
      tier     category               0    .293  .751    V .292  G, Williams  1e-12  DRIFTED: (unseen) went from 0 % to 15.8 % of the rows
      price    number                 0    .234  .349   .256 sd  KS exact      .003  DRIFTED: median 480 → 628; below 103 went from 10 % to 0.385 % of the rows
      comment  category  6.7 % → 21.2 %    .184  .192    V .202  G, Williams   2e-5  DRIFTED: (missing) went from 6.67 % to 21.2 % of the rows
      code     number                 –       –     –         –  –                –  KIND CHANGED: numbers in before.csv, categories in after.csv (e.g. "c3")
      gone     number                 –       –     –         –  –                –  LOST: only before.csv has this column
      fresh    number                 –       –     –         –  –                –  new column: only after.csv has this column
      rooms    number                 0    .043  .010   .043 sd  G, Williams   .706  no drift: no more than chance gives (q 0.71)

      left out of the verdict (--column NAME shows one all the same)
        at    a time: it moves on by itself
        hour  follows the calendar: the hour of the day of at determines it
        id    an identifier: hardly a value occurs twice

      drifted: q at most 0.1, and the effect (Jensen-Shannon distance; of texts, their unknown words or a classifier) above its limit (a floor of
      0.1, raised by what chance gives), and 200 rows or more a side. q: p values of 4 columns by Benjamini-Hochberg; rows are taken to be
      independent. moved by: Wasserstein distance of numbers in robust standard deviations, far values cut; Cramér's V of categories.
      --column NAME shows every figure of one column."
    `);
  });

  test('--column shows everything of one column', async () => {
    const { text } = await run('--reference', 'before.csv', '--current', 'after.csv', '--column', 'price');

    expect(text).toMatchInlineSnapshot(`
      "price (numeric): drifted; median 480 → 628; below 103 went from 10 % to 0.385 % of the rows
      rows 300 → 260, missing 0 % → 0 %
      effect   Jensen-Shannon distance .234 reaches its limit .147
      evidence KS exact: p .002, q .003 (limit 0.1)

      numbers (± standard error)
                     reference     current
        mean        498 ± 17.2  608 ± 17.4
        median      480 ± 36.3    628 ± 32
        deviation      298 ± 7  281 ± 8.03
        least             1.22         102
        1 % below         10.2         119
        5 % below         60.8         158
        25 % below         225         365
        50 % below         480         628
        75 % below         773         833
        95 % below         951        1050
        99 % below         970        1080
        largest            995        1090

      classes, frozen at the reference
                     reference                current                        points
        below 103       10.0 %  ███████████▌    0.4 %  ▌                       −9.6
        103 to 177      10.0 %  ███████████▌    6.9 %  ████████                −3.1
        177 to 281      10.0 %  ███████████▌    8.8 %  ██████████▎             −1.2
        281 to 371      10.0 %  ███████████▌    9.6 %  ███████████▏            −0.4
        371 to 480      10.0 %  ███████████▌   10.0 %  ███████████▌               0
        480 to 611      10.0 %  ███████████▌   11.9 %  █████████████▊          +1.9
        611 to 732      10.0 %  ███████████▌   15.0 %  █████████████████▍      +5.0
        732 to 827      10.0 %  ███████████▌   11.5 %  █████████████▍          +1.5
        827 to 907      10.0 %  ███████████▌    8.5 %  █████████▊              −1.5
        907 or more     10.0 %  ███████████▌   17.3 %  ████████████████████    +7.3

      distances
        Jensen-Shannon distance        .234  chance gives .108  decides
        Population stability index     .349  chance gives .065
        the same, raw                  .395                     report only  without smoothing, classes as they are
        Hellinger distance             .206
        total variation                .158                                  the share of rows that would have to change class
        L-infinity                     .096                                  the largest change of one share: below 103
        Cramér's V                     .214                                  corrected for bias: it does not grow with the number of classes
        Kolmogorov-Smirnov D, classes  .142                                  never above the exact one
        Kullback-Leibler divergence    .268                     report only  of the reference from the current shares, in nats
        Wasserstein, winsorised        .256                                  in robust standard deviations, cut to the range of 99.8 % of the reference; 10 % of the rows lie outside that range
        Wasserstein                     109                     report only  how far a row has to move on average, in the unit of the column
        Wasserstein / deviation        .367                     report only  in standard deviations of the reference
        Wasserstein / quartiles        .268                     report only  in quartile ranges of the reference / 1.349
        energy distance                4.98                     report only  in the square root of the unit

      tests
        KS exact                             .155  p .002                       decides
        Mann-Whitney                       30,938  p 2e-5  .603                              a current value lies above one of the reference with probability 0.603
        Anderson-Darling                     13.7  p .001                                    p within 0.001 and 0.25, the ends of its table
        Cramér-von Mises                     1.65  p 8e-5
        Welch                       4.46 (df 554)  p 1e-5  109 [61.1 to 157]    report only  difference of the means; far values move it
        Welch on logarithms         5.41 (df 486)  p 1e-7  1.46 [1.27 to 1.67]  report only  current over reference, geometric means
        median, any time                           p .436                                    of the median; holds however often it is looked at
        95 % quantile, any time                    p 3e-5                                    of the 95 % quantile; holds however often it is looked at
        chi-square                    34.5 (df 9)  p 7e-5
        G                             41.4 (df 9)  p 4e-6
        G, Williams                     41 (df 9)  p 5e-6
        Population stability index    .349 (df 9)  p 2e-7
        chi-square, shuffled                 34.5  p 5e-4                                    rows dealt out again 1999 times, classes as they are"
    `);
  });

  test('--fail-on-drift exits with 1 where a column drifted, and with 0 where none did', async () => {
    const drifted = await run('--reference', reference, '--current', current, '--fail-on-drift');
    const same = await run('--reference', reference, '--current', reference, '--fail-on-drift');

    expect([drifted.code, same.code]).toEqual([1, 0]);
    expect(same.text).toContain('none of 6 columns has drifted');
  });

  test('a kind that is asked for is believed, on both sides', async () => {
    const sheet = await sheetOf('--reference', reference, '--current', current, '--kind', 'code=categorical', '--kind', 'hour=numeric');

    expect(verdicts(sheet)).toMatchObject({ code: 'drifted', hour: 'no-drift' });
  });

  test('gzip, JSON Lines and CSV give the same sheet', async () => {
    const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    await writeFile(join(folder, 'before.jsonl'), lines(BEFORE));
    await writeFile(join(folder, 'after.jsonl.gz'), gzipSync(lines(AFTER)));
    await writeCsv(
      folder,
      'plain-before.csv',
      BEFORE.map((row) => ({ ...row })),
    );
    await writeCsv(
      folder,
      'plain-after.csv',
      AFTER.map((row) => ({ ...row })),
    );

    const json = await sheetOf('--reference', 'before.jsonl', '--current', 'after.jsonl.gz');
    const csv = await sheetOf('--reference', 'plain-before.csv', '--current', 'plain-after.csv');

    expect(json.columns).toEqual(csv.columns);
  });

  test('of more rows than --rows the same sample is read every time, and it is told', async () => {
    const args = ['--reference', reference, '--current', current, '--rows', '100', '--minimum-rows', '50'];
    const [first, again] = [await run(...args), await run(...args)];

    expect(again).toEqual(first);
    expect(first.text).toContain('before.csv (a sample of 100 of 300 rows) → after.csv (a sample of 100 of 260 rows)');
  });

  test('missing values by any name, strange values and unreadable lines are told', async () => {
    const rows = Array.from({ length: 220 }, (_, row) => `${row < 5 ? 'huge' : row};${row % 3 === 0 ? 'NA' : 'x'};1,${row % 9}`);
    await writeFile(join(folder, 'odd.csv'), `size;flag;price\n${[...rows, 'a;b;c;d'].join('\n')}\n`);

    const { text } = await run('--reference', 'odd.csv', '--current', 'odd.csv', '--kind', 'size=numeric');

    expect(text).toContain('note: 1 line of odd.csv could not be read: left out');
    expect(text).toContain('size: odd.csv: 5 values are no numbers and count as missing, e.g. "huge"');
    expect(text).toContain('price: odd.csv: numbers with a decimal comma are read as categories');
    expect(text).toContain('74 values such as "NA" or "null" are read as missing');
  });
});

describe('what cannot be compared', () => {
  test.each([
    [[], 'BAD_ARGUMENTS', 'two files, or the name of a model'],
    [['--reference', 'before.csv'], 'BAD_ARGUMENTS', '--current is missing'],
    [['loan', '--reference', 'before.csv', '--current', 'after.csv'], 'BAD_ARGUMENTS', 'not both'],
    [['--reference', 'before.csv', '--current', 'after.csv', '--from', '2026-01-01'], 'BAD_ARGUMENTS', '--from is for the log of a model'],
    [['--reference', 'none.csv', '--current', 'after.csv'], 'FILE_MISSING', 'none.csv'],
    [['--reference', 'before.xlsx', '--current', 'after.csv'], 'FILE_FORMAT_UNKNOWN', '.parquet'],
    [['--reference', 'empty.csv', '--current', 'after.csv'], 'FILE_EMPTY', 'empty.csv'],
    [['--reference', 'head.csv', '--current', 'after.csv'], 'FILE_EMPTY', 'head.csv'],
    [['--reference', 'latin.csv', '--current', 'after.csv'], 'FILE_UNREADABLE', 'save it as UTF-8'],
    [['--reference', 'broken.parquet', '--current', 'after.csv'], 'FILE_UNREADABLE', 'broken.parquet'],
    [['--reference', 'before.csv', '--current', 'after.csv', '--column', 'prise'], 'COLUMN_UNKNOWN', 'prise'],
    [['--reference', 'before.csv', '--current', 'after.csv', '--kind', 'price'], 'KIND_INVALID', 'postcode=categorical'],
    [['--reference', 'before.csv', '--current', 'after.csv', '--kind', 'prise=text'], 'COLUMN_UNKNOWN', 'prise'],
    [['--reference', 'before.csv', '--current', 'after.csv', '--adjust', 'magic'], 'ADJUSTMENT_UNKNOWN', 'holm'],
    [['--reference', 'before.csv', '--current', 'after.csv', '--floor', 'low'], 'OPTION_NOT_A_NUMBER', '--floor'],
    [['loan', '--until', '2026-01-01', '--root', '.'], 'MODEL_UNKNOWN', 'models/ holds none'],
  ])('%j', async (args, code, hint) => {
    await Promise.all(['before.xlsx', 'empty.csv', 'broken.parquet'].map((name) => writeFile(join(folder, name), '')));
    await writeFile(join(folder, 'head.csv'), 'a,b\n');
    await writeFile(join(folder, 'latin.csv'), Buffer.from('town,rooms\nM\u00fcnchen,2\nK\u00f6ln,3\n', 'latin1'));

    const answer = await run(...args);

    expect(answer.code).toBe(2);
    expect(answer.noted).toContain(`error ${code}:`);
    expect(answer.noted).toContain(hint);
  });
});

test('help names every option', async () => {
  const { text, code } = await run('--help');

  expect(code).toBe(0);
  for (const name of Object.keys(compareCommand.options)) expect(text).toContain(`--${name}`);
});
