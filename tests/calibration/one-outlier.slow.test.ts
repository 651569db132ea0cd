import { describe, expect, test } from 'vitest';
import { emptyModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { recentArtifacts } from '../../pipelines/stages/recent-artifacts.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { versionOf } from '../fakes/policy-world.ts';
import { MONDAY } from '../fakes/watched-world.ts';
import { referenceOf } from './whole-monitor.ts';
import { wholeDefinition } from './whole-monitor-definition.ts';
import { DailyLog, startOf } from './whole-monitor-log.ts';
import { type LoggedDay, loggedDays, type NullWorld, REFERENCE_DAYS } from './whole-monitor-rows.ts';

const OUTLIER = 1e6;
/** About, a day. */
const ROWS = 1000;
/** Of the score itself or of the limit that it is held against, whichever is larger. */
const MOST = 0.05;
const REPORT_ONLY = /Reported only/;

/** A size that has moved, so that its scores lie near their limits, where a move would matter. */
function moved(day: LoggedDay): LoggedDay {
  const { rows } = day;
  return { ...day, rows: { ...rows, numeric: { ...rows.numeric, size: numbersOf(day, 'size').map((value) => value + 0.4) } } };
}

/** One size and one answer time are wrong by a million. */
function spoilt(day: LoggedDay): LoggedDay {
  const { rows } = day;
  return {
    ...day,
    rows: { ...rows, numeric: { ...rows.numeric, size: numbersOf(day, 'size').with(17, OUTLIER) } },
    latencies: day.latencies.with(23, OUTLIER),
  };
}

function numbersOf({ rows }: LoggedDay, name: string): Float64Array {
  return rows.numeric[name] ?? new Float64Array(rows.ids.length);
}

async function signalsOf(world: NullWorld, change: (day: LoggedDay) => LoggedDay, known: ReferenceProfile | null) {
  const definition = wholeDefinition(world, 'usual');
  const days = loggedDays(world, REFERENCE_DAYS + 1).map((day) => (day.day < 0 ? day : change(day)));
  const log = new DailyLog(definition, days);
  const reference = known ?? (await referenceOf(definition, log));
  const { report } = await watchModel({
    definition,
    deployment: { schemaVersion: 1, model: definition.name, production: 'v1', fallback: null },
    reference,
    championVersion: versionOf('v1', MONDAY),
    artifacts: recentArtifacts(),
    state: { ...emptyModelState(definition.name), champion: 'v1' },
    log,
    labels: log,
    asOf: startOf(1),
  });
  return { reference, signals: report.windows[0]?.signals ?? [] };
}

/** A share of rows counts the outlier as the one row that it is, whatever its size: that is no move. */
function moveOf(before: Signal, after: Signal): number {
  const isOneRow = Math.abs((after.value ?? Number.NaN) - (before.value ?? Number.NaN)) <= 1.001 / ROWS;
  if (isOneRow) return 0;
  const scale = Math.max(Math.abs(before.value ?? 0), Math.abs(before.threshold?.level ?? 0));
  return Math.abs((after.value ?? Number.NaN) - (before.value ?? Number.NaN)) / scale;
}

describe.each(['binary', 'multiclass', 'regression'] as const)(
  'one size and one answer time of a million among a thousand rows of a %s model',
  (task) => {
    test('move no score that may raise an alarm by more than a twentieth, from rows to statements', async () => {
      const world: NullWorld = { task, rows: ROWS, wander: 0.02, rhythm: 0, seed: 11 };
      const { reference, signals } = await signalsOf(world, moved, null);
      const after = new Map(
        (await signalsOf(world, (day) => spoilt(moved(day)), reference)).signals.map((signal) => [
          `${signal.kind} of ${signal.subject}`,
          signal,
        ]),
      );
      const judged = signals.filter(({ value, why }) => value !== null && !REPORT_ONLY.test(why));

      const moves = judged.map((signal) => {
        const name = `${signal.kind} of ${signal.subject}`;
        const other = after.get(name);
        return { name, status: other?.status, before: signal.status, move: other === undefined ? Number.NaN : moveOf(signal, other) };
      });

      console.log(`${task}: ${judged.length} statements, largest move ${Math.max(...moves.map(({ move }) => move)).toFixed(4)}`);
      expect(judged.length).toBeGreaterThan(20);
      expect(moves.filter(({ move }) => !(move <= MOST))).toEqual([]);
      expect(moves.filter(({ status, before }) => status === 'alert' && before !== 'alert')).toEqual([]);
    });
  },
);
