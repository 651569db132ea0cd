import { describe, expect, test } from 'vitest';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import type { DriftEvidence } from '../../pipelines/core/schema/drift-evidence.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import { detectSignals } from '../../pipelines/core/signals/detect-signals.ts';
import { definitionWith, GRIDS, MONDAY } from '../fakes/watched-world.ts';
import { RUNS } from './alarm-rules.ts';
import { drawCounts } from './draw-counts.ts';
import { NULL_WORLDS, profileOf } from './null-worlds.ts';
import { seeded, type Uniform } from './simulated-features.ts';
import { countAlarms, printTable } from './tabulate.ts';

const DAY = 86_400;
const STREAMS = 300;
const REFERENCE_DAYS = 14;
const table: string[][] = [];

/** The shares of one column on one day. */
type Days = (shares: readonly number[], day: number, next: Uniform) => readonly number[];

const alike: Days = (shares) => shares;
const weekly: Days = (shares, day) => normalised(shares.map((share, index) => share * Math.exp(0.1 * Math.sin(index + (day % 7)))));
const restless: Days = (shares, _, next) => normalised(shares.map((share) => share * Math.exp(0.3 * (next() - 0.5))));

function normalised(weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

const NAMED = NULL_WORLDS.map((world, index) => ({ world, name: `column${index}` }));
const COLUMNS = NAMED.map(({ world, name }) => ({ name, kind: world.values === null ? ('categorical' as const) : ('numeric' as const) }));

function dayOf(day: number, { rows, days, next }: World): WindowProfile {
  const columns = NAMED.map(({ world, name }) => [name, profileOf(world, drawCounts(days(world.shares, day, next), rows, next))]);
  return {
    schemaVersion: 1,
    model: 'example',
    window: { start: addSeconds(MONDAY, day * DAY), end: addSeconds(MONDAY, (day + 1) * DAY) },
    rows,
    versions: { v1: rows },
    errors: 0,
    quarantined: {},
    columns: Object.fromEntries(columns),
  };
}

type Definition = ReturnType<typeof definitionWith>;

interface World {
  readonly rows: number;
  readonly days: Days;
  readonly next: Uniform;
}

/** One stream of days, watched under each definition. */
function watchStream(definitions: readonly Definition[], world: World) {
  const windows = Array.from({ length: REFERENCE_DAYS }, (_, day) => dayOf(day - REFERENCE_DAYS, world));
  const profiles = Array.from({ length: RUNS }, (_, day) => dayOf(day, world));
  return definitions.map((definition) => watchDays(definition, windows, profiles));
}

/** Days without drift through all that production does with them: whether each alarms, and whether it would by the rule of one window alone. */
function watchDays(definition: Definition, windows: readonly WindowProfile[], profiles: readonly WindowProfile[]) {
  const range = { start: addSeconds(MONDAY, -REFERENCE_DAYS * DAY), end: MONDAY };
  const reference = buildReference({ definition, version: 'v1', range, windowSeconds: DAY, windows, grids: GRIDS, cubes: [] });
  let driftEvidence: DriftEvidence = {};
  return profiles.map((profile) => {
    const found = detectSignals({ definition, reference, profile, trailingCubes: [], cycle: [], driftEvidence });
    const drift = found.signals.filter(({ kind }) => kind === 'data-drift');
    const alarm = drift.some(({ status }) => status === 'alert');
    // A person closes the incident.
    driftEvidence = alarm ? {} : found.driftEvidence;
    return { alarm, alone: drift.some(({ status }) => status === 'alert' || status === 'warning') };
  });
}

describe('90 windows without drift, from counts to signals: at most one alarm, upper 99 % limit', () => {
  // No floor and no false-discovery rule: evidence over time alone must keep the budget.
  const bare = definitionWith({ columns: COLUMNS, monitoring: { drift: { effectFloor: 1e-9, falseDiscoveryRate: 0.999 } } });
  const whole = definitionWith({ columns: COLUMNS });

  test.each<[string, Days, number, readonly Definition[]]>([
    ['days alike', alike, 500, [bare]],
    ['a weekly rhythm', weekly, 500, [bare]],
    ['a weekly rhythm', weekly, 5000, [bare]],
    ['restless days', restless, 500, [bare, whole]],
    ['restless days', restless, 5000, [bare]],
  ])('%s, %#', (name, days, rows, definitions) => {
    const next = seeded(rows + `evidence alone, ${name}`.length);

    const streams = Array.from({ length: STREAMS }, () => watchStream(definitions, { rows, days, next }));

    for (const [place, definition] of definitions.entries()) {
      const watched = streams.map((stream) => stream[place] ?? []);
      const found = countAlarms(
        watched.map((stream) => stream.map(({ alarm }) => alarm)),
        STREAMS,
      );
      const alone = countAlarms(
        watched.map((stream) => stream.map((one) => one.alone)),
        STREAMS,
      );
      const title = `${definition === bare ? 'evidence alone' : 'the whole rule'}, ${name}`;
      table.push([title, String(rows), found.mean.toFixed(2), found.limit.toFixed(2), found.any.toFixed(2), alone.mean.toFixed(2)]);
      expect(found.limit).toBeLessThanOrEqual(1);
      if (definition === bare) expect(alone.mean).toBeGreaterThan(1);
    }
  });

  test('the table', () => {
    printTable(
      'From counts to signals, 5 columns, a reference of 14 days',
      ['', 'rows a day', 'alarms/90', 'upper 99 %', 'P(any)', 'windows that stand out alone'],
      table,
    );
    expect(table).toHaveLength(6);
  });
});
