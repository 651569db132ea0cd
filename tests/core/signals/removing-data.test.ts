import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogIntegrity } from '../../../pipelines/core/schema/log-integrity.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import type { ColumnProfile, WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import { categoricalProfile, definitionWith, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const definition = definitionWith({
  columns: [
    { name: 'size', kind: 'numeric', min: 0, max: 10, unit: 'miles' },
    { name: 'place', kind: 'categorical' },
    { name: 'hour', kind: 'numeric', calendar: true },
  ],
  logs: { format: 'jsonl', path: 'x.jsonl', columns: { id: 'id', timestamp: 'ts', score: 'score', arrivedAt: 'at', error: 'error' } },
  monitoring: { errors: { maximumShare: 0.02 }, multivariate: { enabled: false } },
});
const QUIET: LogIntegrity = { repeatedIds: 0, steps: 14_000, backwards: 0, arrived: 14_000, ahead: 0, late: 0, types: {} };
const plain = ordinaryReference(definition);
const reference = {
  ...plain,
  profile: { ...plain.profile, hours: new Array<number>(24).fill(580), integrity: { ...QUIET, types: { size: { number: 14 } } } },
};

/** Contract statements; volume and duplicates by too many rows are about a surplus, which fewer rows do cure. */
const KINDS: readonly Signal['kind'][] = [
  'schema',
  'unit-slip',
  'missing-values',
  'unseen-values',
  'out-of-range',
  'duplicates',
  'clock',
  'errors',
];

function signals(profile: WindowProfile): Map<string, Signal['status']> {
  const found = detectSignals({ definition, reference, profile, trailingCubes: [], cycle: [] }).signals;
  return new Map(found.filter(({ kind }) => KINDS.includes(kind)).map(({ kind, subject, status }) => [`${kind}/${subject}`, status]));
}

interface Broken {
  readonly missing: number;
  readonly outside: number;
  readonly unseen: number;
  readonly backwards: number;
  readonly errors: number;
  readonly scale: number;
}

const broken: fc.Arbitrary<Broken> = fc.record({
  missing: fc.constantFrom(0, 30, 300),
  outside: fc.constantFrom(0, 15, 200),
  unseen: fc.constantFrom(0, 25, 400),
  backwards: fc.constantFrom(0, 12, 300),
  errors: fc.constantFrom(0, 22, 120),
  scale: fc.constantFrom(1, 1.609344),
});

/** A window of 1,024 rows: halves of all its counts are whole for a while. */
function windowOf({ missing, outside, unseen, backwards, errors, scale }: Broken): WindowProfile {
  const next = uniform(9);
  const rows = 1024;
  const size = Float64Array.from({ length: rows }, (_, row) =>
    row < missing ? Number.NaN : row < missing + outside ? 15 : next() * 10 * scale,
  );
  const places = Array.from({ length: rows }, (_, row) => (row < unseen ? `new${row % 3}` : 'abcd'.charAt(row % 4)));
  const day = ordinaryDay({ rows, seed: 3 });
  return {
    ...day,
    errors,
    hours: new Array<number>(24).fill(42),
    integrity: { ...QUIET, steps: 1023, arrived: 1024, backwards, ahead: backwards, late: 0, repeatedIds: backwards, types: {} },
    columns: { ...day.columns, size: numericColumn('size', size), place: categoricalProfile(places) },
  };
}

/** The same shares of fewer rows. */
function thinned(profile: WindowProfile, by: number): WindowProfile {
  const less = (count: number) => Math.round(count / by);
  const column = (of: ColumnProfile): ColumnProfile =>
    of.kind === 'numeric'
      ? {
          ...of,
          rows: less(of.rows),
          missing: less(of.missing),
          nonFinite: less(of.nonFinite),
          cells: of.cells.flatMap(([cell, rows, sum, squares]) =>
            less(rows) === 0
              ? []
              : [[cell, less(rows), sum / by, squares / by] as const].map((c) => [...c] as [number, number, number, number]),
          ),
        }
      : {
          ...of,
          rows: less(of.rows),
          missing: less(of.missing),
          counts: Object.fromEntries(Object.entries(of.counts).flatMap(([k, n]) => (less(n) === 0 ? [] : [[k, less(n)]]))),
        };
  const { integrity = QUIET } = profile;
  const counts = { repeatedIds: less(integrity.repeatedIds), steps: less(integrity.steps), backwards: less(integrity.backwards) };
  return {
    ...profile,
    rows: less(profile.rows),
    versions: { v1: less(profile.rows) },
    errors: less(profile.errors),
    integrity: { ...integrity, ...counts, arrived: less(integrity.arrived), ahead: less(integrity.ahead) },
    columns: Object.fromEntries(Object.entries(profile.columns).map(([name, of]) => [name, column(of)])),
  };
}

function expectNoBetter(before: Map<string, Signal['status']>, after: Map<string, Signal['status']>): void {
  for (const [name, status] of before) if (status === 'alert') expect([name, after.get(name) ?? 'gone']).not.toEqual([name, 'ok']);
}

describe('removing data never raises health', () => {
  test('the windows do raise alerts of every kind', () => {
    const worst = signals(windowOf({ missing: 300, outside: 200, unseen: 400, backwards: 300, errors: 120, scale: 1 }));
    const slipped = signals(windowOf({ missing: 0, outside: 0, unseen: 0, backwards: 0, errors: 0, scale: 1.609344 }));

    expect([...worst].filter(([, status]) => status === 'alert').map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'missing-values/size',
        'unseen-values/place',
        'out-of-range/size',
        'duplicates/id',
        'clock/order',
        'errors/predictions',
      ]),
    );
    expect(slipped.get('unit-slip/size')).toBe('alert');
  });

  test('fewer rows of the same kind turn no alert into ok', () => {
    fc.assert(
      fc.property(broken, fc.constantFrom(2, 3, 4, 8, 64), (given, by) => {
        const profile = windowOf(given);

        expectNoBetter(signals(profile), signals(thinned(profile, by)));
      }),
      { numRuns: 60 },
    );
  });

  test('a column, the hours, the inspection or every row taken away turn no alert into ok', () => {
    const { hours: _, integrity: __, ...bare } = windowOf({ missing: 300, outside: 0, unseen: 0, backwards: 300, errors: 0, scale: 1 });
    const empty = { ...ordinaryDay({ rows: 0, seed: 1 }), hours: new Array<number>(24).fill(0) };
    fc.assert(
      fc.property(broken, fc.constantFrom('size', 'place', 'hour'), (given, gone) => {
        const profile = windowOf(given);
        const before = signals(profile);
        const { [gone]: ___, ...columns } = profile.columns;

        expectNoBetter(before, signals({ ...profile, columns }));
        expectNoBetter(before, signals({ ...bare, columns: profile.columns, errors: profile.errors }));
        expectNoBetter(before, signals(empty));
      }),
      { numRuns: 30 },
    );
  });
});
