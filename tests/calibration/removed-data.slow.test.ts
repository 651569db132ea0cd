import { describe, expect, test } from 'vitest';
import { decide } from '../../pipelines/core/decisions/decide.ts';
import { NOTHING_OBSERVED } from '../../pipelines/core/decisions/observed-facts.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { emptyModelState, type ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Task } from '../../pipelines/core/schema/task.ts';
import { freshnessOf } from '../../pipelines/core/views/freshness.ts';
import { HEALTH_ORDER, type HealthVerdict, judgeHealth } from '../../pipelines/core/views/health.ts';
import { recentArtifacts } from '../../pipelines/stages/recent-artifacts.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { versionOf } from '../fakes/policy-world.ts';
import { MONDAY } from '../fakes/watched-world.ts';
import { referenceOf } from './whole-monitor.ts';
import { wholeDefinition } from './whole-monitor-definition.ts';
import { DailyLog, startOf } from './whole-monitor-log.ts';
import { type LoggedDay, loggedDays, type NullWorld, REFERENCE_DAYS } from './whole-monitor-rows.ts';

const WATCHED = 9;
/** The day from which on something is wrong, and from which on data is taken away. */
const SICK_FROM = 3;

type Change = (day: LoggedDay) => LoggedDay;

const withRows = (day: LoggedDay, rows: Partial<RowTable>): LoggedDay => ({ ...day, rows: { ...day.rows, ...rows } });
const none = (values: Float64Array) => values.map(() => Number.NaN);

/** Some rows of a day, and the share of its other counts that is theirs. */
function keptRows(day: LoggedDay, keep: (row: number) => boolean): LoggedDay {
  const { rows, lags, latencies } = day;
  const kept = [...rows.ids.keys()].filter(keep);
  const numbers = (of: Float64Array) => Float64Array.from(kept, (row) => of[row] ?? Number.NaN);
  const texts = (of: readonly (string | null)[]) => kept.map((row) => of[row] ?? null);
  const each = <From, To>(of: Readonly<Record<string, From>>, change: (values: From) => To) =>
    Object.fromEntries(Object.entries(of).map(([name, values]) => [name, change(values)]));
  const share = rows.ids.length === 0 ? 0 : kept.length / rows.ids.length;
  return {
    ...day,
    rows: {
      ids: kept.map((row) => rows.ids[row] ?? ''),
      timestamps: numbers(rows.timestamps),
      numeric: each(rows.numeric, numbers),
      categorical: each(rows.categorical, texts),
      texts: each(rows.texts, texts),
      scores: numbers(rows.scores),
      predicted: numbers(rows.predicted),
      labels: numbers(rows.labels),
      probabilities: {},
      versions: kept.map(() => 'v1'),
    },
    lags: numbers(lags),
    latencies: numbers(latencies),
    failed: Math.round(day.failed * share),
    quarantined: Math.round(day.quarantined * share),
    repeated: Math.round(day.repeated * share),
  };
}

function without<Value>(of: Readonly<Record<string, Value>>, gone: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => name !== gone));
}

/** What may be wrong with the world: inputs that moved, answers that got worse, values that are lost, a service that fails. */
const SICK: Readonly<Record<string, (task: Task) => Change>> = {
  'inputs that moved': () => (day) =>
    withRows(day, { numeric: { ...day.rows.numeric, size: (day.rows.numeric['size'] ?? new Float64Array()).map((value) => value + 1.5) } }),
  'answers that got worse': (task) => (day) =>
    withRows(day, {
      labels: day.rows.labels.map((label, row) =>
        row % 2 === 0 ? label : task === 'binary' ? 1 - label : task === 'multiclass' ? (label + 1) % 3 : label + 40,
      ),
    }),
  'values that are lost': () => (day) =>
    withRows(day, {
      categorical: {
        ...day.rows.categorical,
        place: (day.rows.categorical['place'] ?? []).map((value, row) => (row % 3 === 0 ? null : value)),
      },
    }),
  'a service that fails': () => (day) => ({ ...day, failed: Math.round(0.3 * day.rows.ids.length) }),
};

const REMOVED: Readonly<Record<string, Change>> = {
  'every label': (day) => withRows(day, { labels: none(day.rows.labels) }),
  'half of the labels': (day) => withRows(day, { labels: day.rows.labels.map((label, row) => (row % 4 < 2 ? label : Number.NaN)) }),
  'a numeric column': (day) => withRows(day, { numeric: without(day.rows.numeric, 'size') }),
  'a categorical column': (day) => withRows(day, { categorical: without(day.rows.categorical, 'place') }),
  'every column': (day) => withRows(day, { numeric: {}, categorical: {}, texts: {} }),
  'every score': (day) => withRows(day, { scores: none(day.rows.scores) }),
  'half of the rows': (day) => keptRows(day, (row) => row % 4 < 2),
  'nine rows of ten': (day) => keptRows(day, (row) => row % 20 < 2),
  'every second day': (day) => (day.day % 2 === 0 ? keptRows(day, () => false) : day),
  'every day': (day) => keptRows(day, () => false),
  'what the service says': (day) => ({ ...day, failed: 0, latencies: none(day.latencies) }),
};

/** Days of the reference that are emptied. */
const SHORTER: Readonly<Record<string, (day: LoggedDay) => boolean>> = {
  'half of the reference': ({ day }) => day < -7,
  'all but three days of the reference': ({ day }) => day < -3,
};

/** By task and by what was taken from it: what is wrong afterwards does not change a reference. */
const REFERENCES = new Map<string, ReferenceProfile>();

/** The verdict that the dashboard shows after nine days, one run a day, from rows to incidents. */
async function verdictOf(
  world: NullWorld,
  sick: Change,
  removed: Change,
  shorter: (day: LoggedDay) => boolean = () => false,
): Promise<HealthVerdict> {
  const whole = wholeDefinition(world, 'usual');
  // What learns from samples costs most and says what the columns say.
  const { multivariate, slices } = whole.monitoring;
  const monitoring = { ...whole.monitoring, multivariate: { ...multivariate, enabled: false }, slices: { ...slices, find: false } };
  const definition = { ...whole, monitoring };
  const days = loggedDays(world, REFERENCE_DAYS + WATCHED).map((day) => {
    if (day.day < 0) return shorter(day) ? keptRows(day, () => false) : day;
    return day.day < SICK_FROM ? day : removed(sick(day));
  });
  const log = new DailyLog(definition, days);
  const deployment = { schemaVersion: 1 as const, model: definition.name, production: 'v1', fallback: null };
  const reference = REFERENCES.get(`${world.task} ${shorter}`) ?? (await referenceOf(definition, log));
  REFERENCES.set(`${world.task} ${shorter}`, reference);
  const known = { definition, deployment, reference, championVersion: versionOf('v1', MONDAY) };
  const artifacts = recentArtifacts();
  let state: ModelState = { ...emptyModelState(definition.name), champion: 'v1' };
  for (let day = 1; day <= WATCHED; day += 1) {
    const asOf = startOf(day);
    const { report, summaries } = await watchModel({ ...known, state, log, labels: log, artifacts, asOf });
    const time = { historyStart: startOf(-100), labelledUntil: startOf(day - 2) };
    const decisions = decide({ ...known, state, report, nextVersion: `v${day + 1}`, ...time, observed: NOTHING_OBSERVED });
    state = reduceState(state, { report, summaries, decisions, asOf, observed: NOTHING_OBSERVED });
  }
  const source = { definition, deployment, state, versions: [] };
  return judgeHealth(source, freshnessOf(source, startOf(WATCHED)));
}

const asIs: Change = (day) => day;
const labelsOfRightAnswers: Change = (day) =>
  withRows(day, { labels: day.rows.labels.map((label, row) => (row % 2 === 0 ? label : Number.NaN)) });
const rank = ({ health }: HealthVerdict) => HEALTH_ORDER.indexOf(health);

describe.each(['binary', 'multiclass', 'regression'] as const)('removing data never raises the health of a %s model', (task) => {
  const world: NullWorld = { task, rows: 400, wander: 0.02, rhythm: 0, seed: 7 };

  test.each(Object.keys(SICK))('%s', async (name) => {
    const sick = SICK[name]?.(task) ?? asIs;
    const before = await verdictOf(world, sick, asIs);
    const found: [string, string, string | undefined][] = [];

    for (const [what, removed] of Object.entries(REMOVED)) {
      const after = await verdictOf(world, sick, removed);
      if (rank(after) > Math.max(rank(before), HEALTH_ORDER.indexOf('unknown'))) found.push([what, after.health, after.reasons[0]]);
    }
    for (const [what, shorter] of Object.entries(SHORTER)) {
      const after = await verdictOf(world, sick, asIs, shorter);
      if (rank(after) > Math.max(rank(before), HEALTH_ORDER.indexOf('unknown'))) found.push([what, after.health, after.reasons[0]]);
    }

    console.log(`${task}, ${name}: ${before.health} (${before.reasons[0]})`);
    expect(before.health).not.toBe('healthy');
    expect(found).toEqual([]);
  });

  test('labels that are lost just where the model is wrong leave no healthy model', async () => {
    const wrong = SICK['answers that got worse']?.(task) ?? asIs;

    const after = await verdictOf(world, wrong, labelsOfRightAnswers);

    // What is lost so well chosen cannot be told from better answers; that half of the labels are not there can.
    expect(after.health).toBe('watch');
    expect(after.reasons[0]).toContain('of the rows have a label');
  });
});
