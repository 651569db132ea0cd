import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../../pipelines/adapters/files/parse-yaml.ts';
import { checkDefinition } from '../../../../pipelines/adapters/files/read-definition.ts';
import type { CellValue } from '../../../../pipelines/core/registry/first-definition/logged-table.ts';
import type { AskedDefinition } from '../../../../pipelines/core/registry/first-definition/proposal-request.ts';
import { proposeDefinition } from '../../../../pipelines/core/registry/first-definition/propose-definition.ts';
import { renderDefinition } from '../../../../pipelines/core/registry/first-definition/render-definition.ts';
import { instantFromEpoch } from '../../../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../../../pipelines/core/schema/model-definition.ts';
import { loggedTableOf } from '../../../fakes/logged-table-of.ts';

type Cells = Readonly<Record<string, readonly CellValue[]>>;
const NOTHING_ASKED: AskedDefinition = { columns: {}, answers: {}, windowSeconds: null, ignored: [] };
const START = 978_307_200;
const HOUR = 3600;

function propose(cells: Cells, asked: Partial<AskedDefinition> = {}, labels: Cells | null = null) {
  return proposeDefinition({
    name: 'loans',
    log: { format: 'csv', path: 'log.csv', table: loggedTableOf(cells) },
    labels: labels === null ? null : { format: 'csv', path: 'labels.csv', table: loggedTableOf(labels) },
    asked: { ...NOTHING_ASKED, ...asked },
  });
}

/** Rows every so many hours, with a number that wanders and one of three places. */
function log(rows: number, hours: number, more: (row: number) => Readonly<Record<string, CellValue>>): Cells {
  const made = Array.from({ length: rows }, (_, row) => ({
    id: `r${row}`,
    ts: instantFromEpoch(START + Math.round(row * hours * HOUR)),
    amount: (row * 7919) % 1013,
    place: ['north', 'south', 'west'][(row * 31) % 3] ?? 'north',
    ...more(row),
  }));
  const names = Object.keys(made[0] ?? {}) as (keyof (typeof made)[number])[];
  return Object.fromEntries(names.map((name) => [name, made.map((each) => each[name] ?? null)]));
}

const isLate = (row: number) => (row * 7919) % 1013 > 700 !== (row * 17) % 10 < 2;

describe('proposeDefinition', () => {
  test('writes a binary definition that is sound, and that its text gives back', () => {
    const proposal = propose(log(6000, 1, (row) => ({ late: isLate(row) ? 'yes' : 'no' })));

    const text = renderDefinition(proposal);

    expect(checkDefinition({ text, file: 'model.yml' })).toEqual([]);
    expect(parseYaml({ text, file: 'model.yml' }, ModelDefinition).value).toEqual(ModelDefinition.parse(proposal.definition));
    expect(proposal.definition).toMatchObject({
      task: 'binary',
      logs: { columns: { id: 'id', timestamp: 'ts' } },
      labels: { path: 'log.csv', columns: { id: 'id', label: 'late' }, positive: 'yes', negative: 'no' },
      columns: [
        { name: 'amount', kind: 'numeric' },
        { name: 'place', kind: 'categorical' },
      ],
      monitoring: { window: 'P7D', minimumRows: 100 },
      training: { algorithm: 'logisticRegression', heldOutRange: 'P28D' },
      retraining: { cooldown: 'P56D' },
    });
  });

  test('takes a flag of 0 and 1 for failures, but no other number', () => {
    const isBroken = (row: number) => (row % 50 === 0 ? 1 : 0);
    const flag = propose(log(3000, 1, (row) => ({ late: isLate(row) ? 1 : 0, error: isBroken(row) })));
    const number = propose(log(3000, 1, (row) => ({ late: isLate(row) ? 1 : 0, error: row % 7 })));

    expect(flag.definition).toMatchObject({ logs: { columns: { error: 'error' } } });
    expect(number.definition).not.toMatchObject({ logs: { columns: { error: 'error' } } });
  });

  test('is the same at every run', () => {
    const cells = log(3000, 1, (row) => ({ late: isLate(row) ? 1 : 0 }));

    expect(propose(cells)).toEqual(propose(cells));
  });

  test('tells several classes and numbers from two classes', () => {
    const classes = propose(log(3000, 1, (row) => ({ target: ['a', 'b', 'c'][row % 3] ?? 'a' })));
    const numbers = propose(log(3000, 1, (row) => ({ target: ((row * 7919) % 1013) / 10 + (row % 7) })));

    expect(classes.definition).toMatchObject({
      task: 'multiclass',
      labels: { classes: ['a', 'b', 'c'] },
      monitoring: { performance: { metric: 'accuracy' } },
      training: { algorithm: 'softmaxRegression' },
    });
    expect(numbers.definition).toMatchObject({ task: 'regression', training: { algorithm: 'ridgeRegression' } });
    expect(numbers.definition.labels.positive).toBeUndefined();
    for (const { definition, why } of [classes, numbers])
      expect(checkDefinition({ text: renderDefinition({ definition, why }), file: 'model.yml' })).toEqual([]);
  });

  test('joins labels of a file of their own, and learns from their times how late they come', () => {
    const cells = log(3000, 1, () => ({ score: 0.25, model_version: 'v3' }));
    const due = Array.from({ length: 3000 }, (_, row) => row).filter((row) => row % 2 === 0);
    const labels = {
      id: due.map((row) => `r${row}`),
      outcome: due.map((row) => (isLate(row) ? 1 : 0)),
      labelled_at: due.map((row) => instantFromEpoch(START + row * HOUR + 40 * HOUR)),
    };

    const { definition } = propose(cells, {}, labels);

    expect(definition.labels).toMatchObject({
      path: 'labels.csv',
      columns: { id: 'id', label: 'outcome', timestamp: 'labelled_at' },
      delay: 'P2D',
    });
    expect(definition.logs.columns).toMatchObject({ score: 'score', modelVersion: 'model_version' });
    expect(definition.columns.map(({ name }) => name)).toEqual(['amount', 'place']);
  });

  test('says so when no label belongs to a row of the log', () => {
    const labels = { id: ['x1', 'x2'], label: [0, 1] };

    expect(() =>
      propose(
        log(300, 1, () => ({})),
        {},
        labels,
      ),
    ).toThrow(expect.objectContaining({ code: 'LABELS_UNMATCHED' }));
  });

  test('leaves out what is no feature, marks what follows the calendar, and asks about protected attributes', () => {
    const cells = log(6000, 1, (row) => ({
      order_no: 1000 + row,
      user_id: (row * 37) % 700,
      hour: row % 24,
      email: `p${row % 900}@example.org`,
      gender: row % 2 === 0 ? 'f' : 'm',
      predicted_class: row % 3 === 0 ? 'late' : 'in time',
      currency: 'EUR',
      empty: null,
      shipped: instantFromEpoch(START + row * HOUR + 7),
      precinct_number: 1 + (row % 5),
      children: ((row * 7919) % 1013) % 4,
      truth_in_disguise: isLate(row) ? 10 : 20,
      label: isLate(row) ? 1 : 0,
    }));

    const { definition, why, questions } = propose(cells);

    const ignored = definition.columns.filter(({ role }) => role === 'ignored').map(({ name }) => name);
    expect(ignored).toEqual(['order_no', 'user_id', 'email', 'predicted_class', 'currency', 'empty', 'shipped']);
    expect(definition.columns.find(({ name }) => name === 'hour')).toEqual({ name: 'hour', kind: 'categorical', calendar: true });
    expect(['precinct_number', 'children'].map((name) => definition.columns.find((column) => column.name === name)?.kind)).toEqual([
      'categorical',
      'numeric',
    ]);
    expect(definition.columns.find(({ name }) => name === 'gender')).toEqual({ name: 'gender', kind: 'categorical' });
    expect(definition.columns.find(({ name }) => name === 'email')).toMatchObject({ sensitivity: 'personal' });
    expect(questions).toHaveLength(2);
    expect(questions[0]).toMatch(/^gender: a protected attribute\?/);
    expect(questions[1]).toMatch(/^truth_in_disguise: it alone tells nearly every label/);
    expect(Object.keys(why)).toContain(`columns.${definition.columns.findIndex(({ name }) => name === 'gender')}`);
  });

  test('learns the tolerated drop from the oldest rows only', () => {
    const wild = (row: number) => (row > 3000 ? 1000 : 1);
    const calm = propose(log(6000, 1, (row) => ({ target: (row * 7919) % 101 })));
    const later = propose(log(6000, 1, (row) => ({ target: ((row * 7919) % 101) * wild(row) })));

    expect(later.definition.monitoring?.performance).toEqual(calm.definition.monitoring?.performance);
    expect(later.definition.successMetrics).toEqual(calm.definition.successMetrics);
  });

  test('lets the person overrule each guess', () => {
    const cells = log(3000, 1, (row) => ({ when: START + row * HOUR, stars: 1 + (row % 5), label: row % 2 }));

    const { definition } = propose(cells, {
      columns: { timestamp: 'when', label: 'stars' },
      task: 'regression',
      windowSeconds: 14 * 24 * HOUR,
      ignored: ['label'],
    });

    expect(definition).toMatchObject({
      task: 'regression',
      logs: { columns: { timestamp: 'when' } },
      labels: { columns: { label: 'stars' } },
      monitoring: { window: 'P14D' },
    });
    expect(definition.columns.find(({ name }) => name === 'label')).toMatchObject({ role: 'ignored' });
  });

  test.each<[string, CellValue, (row: number) => CellValue]>([
    ['ISO 8601', '1970-01-01T00:00:07Z', (row) => instantFromEpoch(START + row * HOUR)],
    ['seconds', 0, (row) => START + row * HOUR],
  ])('one row of a clock that was reset decides no window and no range, in %s', (_, reset, time) => {
    const cells = log(6000, 1, (row) => ({ ts: row === 3000 ? reset : time(row), late: isLate(row) ? 'yes' : 'no' }));
    const usual = propose(log(6000, 1, (row) => ({ late: isLate(row) ? 'yes' : 'no' })));

    const { lengths, questions } = propose(cells);

    expect(lengths).toEqual(usual.lengths);
    if (typeof reset === 'string') expect(questions[0]).toContain('ts: 1 row dated years before or after all others');
  });

  test('says why windows are as long as they are, and what a reference of few of them costs', () => {
    const rows = (count: number, hours: number) => log(count, hours, (row) => ({ late: isLate(row) ? 'yes' : 'no' }));

    expect(propose(rows(6000, 1)).why['monitoring.window']).toMatch(/^the shortest usual length/);
    expect(propose(rows(6000, 1), { windowSeconds: 24 * HOUR }).why['monitoring.window']).toBe(
      'as asked; a usual window holds 24 labelled rows',
    );
    expect(propose(rows(100, 24)).why['monitoring.window']).toMatch(
      /^the longest usual length of which the log holds twelve; a usual window holds 7 /,
    );
    expect(propose(rows(6000, 1)).why['training.heldOutRange']).toContain('a tenth of them at most (67 of 168 rows)');
    expect(propose(rows(30_000, 0.1)).why['training.heldOutRange']).not.toContain('drift weighs');
  });

  test('says how foreign dates are spelled, and how to read them', () => {
    const dayFirst = (row: number) => `${1 + (row % 28)}/${1 + (row % 12)}/2001`;
    const cells = log(300, 1, (row) => ({ ts: dayFirst(row), label: row % 2 }));

    expect(() => propose(cells)).toThrow(/ts holds "1\/1\/2001" and the like: the day comes first/);
    expect(() => propose(cells, { columns: { timestamp: 'ts' } })).toThrow(/the first number goes up to 28/);
  });

  test.each<[string, Cells, Partial<AskedDefinition>]>([
    ['TIME_COLUMN_UNKNOWN', { id: ['a', 'b'], label: [0, 1] }, {}],
    ['TIME_COLUMN_UNKNOWN', log(300, 1, () => ({ label: 1 })), { columns: { timestamp: 'place' } }],
    ['ID_COLUMN_UNKNOWN', { ts: ['2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z'], label: [0, 1] }, {}],
    ['LABEL_COLUMN_UNKNOWN', log(300, 1, () => ({})), {}],
    ['COLUMN_UNKNOWN', log(300, 1, () => ({ label: 1 })), { columns: { label: 'Label' } }],
    ['LABELS_ONE_CLASS', log(300, 1, () => ({ label: 'no' })), {}],
    ['LABELS_MISSING', log(300, 1, () => ({ label: null })), {}],
    ['LABELS_NOT_TWO', log(300, 1, (row) => ({ label: row % 3 })), { task: 'binary' }],
    ['LABELS_NOT_NUMBERS', log(300, 1, (row) => ({ label: row % 2 === 0 ? 'a' : 'b' })), { task: 'regression' }],
    ['LABELS_HARDLY_REPEAT', log(300, 1, (row) => ({ label: `name ${row}` })), {}],
    ['POSITIVE_UNKNOWN', log(300, 1, (row) => ({ label: row % 2 })), { positive: 'yes' }],
    ['LOG_TOO_SHORT', log(300, 0.01, (row) => ({ label: row % 2 })), {}],
  ])('refuses with %s', (code, cells, asked) => {
    expect(() => propose(cells, asked)).toThrow(expect.objectContaining({ code }));
  });
});
