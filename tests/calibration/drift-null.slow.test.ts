import { describe, expect, test } from 'vitest';
import { learnBinning } from '../../pipelines/core/profile/binning.ts';
import { measureDrift } from '../../pipelines/core/signals/drift-measure.ts';
import { benjaminiHochberg } from '../../pipelines/core/statistics/hypotheses/benjamini-hochberg.ts';
import { uniform } from '../fakes/watched-world.ts';
import { evidentlyDatasetDrifts } from '../oracles/peers/evidently-rules.ts';
import { expectInBand, expectNotAbove } from './binomial-band.ts';
import { drawCounts } from './draw-counts.ts';
import { NULL_WORLDS, type NullWorld, profileOf, referenceOf } from './null-worlds.ts';
import { evidentlyDrifts, nannymlAlerts } from './peer-rules.ts';

const MINIMUM_COUNT = 20;
const MINIMUM_ROWS = 200;
const RULE = { method: 'jensenShannon', effectFloor: 0.1 } as const;
const DISCOVERY_RATE = 0.1;
const LEVEL = 0.05;
/** Streams by number of features: enough for the band, few enough for a minute and a half in all. */
const STREAMS: readonly (readonly [features: number, streams: number])[] = [
  [5, 400],
  [20, 150],
  [200, 30],
];

interface Column {
  readonly world: NullWorld;
  readonly pValue: number;
  readonly isLarge: boolean;
  readonly evidently: boolean;
  readonly nannyml: boolean;
}

/** One column without drift, judged by us and by the peers on the same counts. */
function judge(world: NullWorld, sizes: { reference: number; current: number }, next: () => number): Column {
  const chunks = Array.from({ length: 10 }, () => drawCounts(world.shares, sizes.reference / 10, next));
  const reference = world.shares.map((_, index) => chunks.reduce((sum, chunk) => sum + (chunk[index] ?? 0), 0));
  const current = drawCounts(world.shares, sizes.current, next);
  const before = referenceOf(world, reference, MINIMUM_COUNT);
  const pair = { reference: before, current: profileOf(world, current), binning: learnBinning(before), rareBelow: MINIMUM_COUNT };
  const { pValue, effect, limit } = measureDrift(pair, RULE);
  const counts = { chunks, reference, current };
  return {
    world,
    pValue,
    isLarge: effect >= limit,
    evidently: evidentlyDrifts(world, counts),
    nannyml: sizes.reference > sizes.current && nannymlAlerts(world, counts),
  };
}

/** What a stream's alarms say under each rule. */
function verdicts(columns: readonly Column[]) {
  const adjusted = benjaminiHochberg(columns.map(({ pValue }) => pValue));
  return {
    evidence: adjusted.some((p) => p <= DISCOVERY_RATE),
    ours: columns.some(({ isLarge }, index) => isLarge && (adjusted[index] ?? 1) <= DISCOVERY_RATE),
    anyFivePercent: columns.some(({ pValue }) => pValue <= LEVEL),
    evidentlyAny: columns.some(({ evidently }) => evidently),
    evidentlyHalf: evidentlyDatasetDrifts(columns.map(({ evidently }) => evidently)),
    nannymlAny: columns.some(({ nannyml }) => nannyml),
  };
}

const share = (streams: readonly boolean[]) => `${((100 * streams.filter(Boolean).length) / streams.length).toFixed(1)} %`;
const table: Record<string, string>[] = [];

describe.each([
  { current: 100, reference: 100 },
  { current: 100, reference: 1000 },
  { current: 1000, reference: 1000 },
  { current: 1000, reference: 10_000 },
  { current: 10_000, reference: 10_000 },
  { current: 10_000, reference: 100_000 },
])('without drift, $current rows against $reference', (sizes) => {
  const columns: Column[] = [];
  const next = uniform(sizes.current + 2 * sizes.reference);

  test.each(STREAMS)('%i features: a stream alarms in at most a tenth of the looks', (features, streams) => {
    const found = Array.from({ length: streams }, () => {
      const stream = Array.from({ length: features }, (_, index) =>
        judge(NULL_WORLDS[index % NULL_WORLDS.length] as NullWorld, sizes, next),
      );
      columns.push(...stream);
      return verdicts(stream);
    });

    table.push({
      features: String(features),
      rows: String(sizes.current),
      reference: String(sizes.reference),
      'ours (evidence and effect)': sizes.current < MINIMUM_ROWS ? 'insufficient' : share(found.map(({ ours }) => ours)),
      'evidence alone': share(found.map(({ evidence }) => evidence)),
      'any p < 5 %': share(found.map(({ anyFivePercent }) => anyFivePercent)),
      'Evidently, any column': share(found.map(({ evidentlyAny }) => evidentlyAny)),
      'Evidently, half of them': share(found.map(({ evidentlyHalf }) => evidentlyHalf)),
      'NannyML, any column': sizes.reference > sizes.current ? share(found.map(({ nannymlAny }) => nannymlAny)) : '',
    });
    const rate = { looks: streams, nominal: DISCOVERY_RATE };
    expectNotAbove({ ...rate, alarms: found.filter(({ evidence }) => evidence).length, what: 'evidence alone' });
    // From the least rows on, the floor lies far above what chance gives: the whole rule is next to silent and not merely at its rate.
    if (sizes.current >= MINIMUM_ROWS)
      expectNotAbove({ ...rate, nominal: 0.01, alarms: found.filter(({ ours }) => ours).length, what: 'the whole rule' });
  });

  test.each(NULL_WORLDS)(
    '$name: p values are below 5 % in 5 % of the windows, in fewer where few tables are possible',
    ({ name, values }) => {
      const own = columns.filter(({ world }) => world.name === name);
      const nominal = name === '100 categories' ? LEVEL + 0.006 : LEVEL;
      const rate = { alarms: own.filter(({ pValue }) => pValue <= LEVEL).length, looks: own.length, nominal, what: name };

      expect(own.length).toBeGreaterThanOrEqual(2000);
      if (values !== null) expectInBand(rate);
      else expectNotAbove(rate);
    },
  );
});

test('the table of false alarms: nothing has drifted', () => {
  const names = Object.keys(table[0] ?? {});
  const lines = [names, ...table.map((row) => names.map((name) => row[name] ?? ''))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));

  console.log(lines.map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n'));

  expect(table).toHaveLength(18);
});
