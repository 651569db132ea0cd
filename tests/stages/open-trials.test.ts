import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import type { RemedyTrial } from '../../pipelines/core/schema/remedy-trial.ts';
import { makeVersion } from '../../pipelines/stages/make-version.ts';
import { openTrials } from '../../pipelines/stages/open-trials.ts';
import { IncomeRuntime } from '../fakes/income-runtime.ts';
import { type LoanWeather, loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { MemoryRepository } from '../fakes/memory-repository.ts';
import { loanDefinition } from '../fakes/policy-world.ts';
import { day } from '../fakes/version-world.ts';

interface World {
  readonly metric?: MetricName;
  readonly days: number;
  readonly weather: (day: number) => Partial<LoanWeather>;
  /** Of each version, v1 first: the day after its last row of training; a week before it begins, a week after it judges. */
  readonly trainedUntil: readonly number[];
  readonly look?: number;
}

/** Tries remedies for the newest version at the end of a world. */
async function tryIn({
  metric = 'rocAuc',
  days,
  weather,
  trainedUntil,
  look = 1,
}: World): Promise<{ trial: RemedyTrial | null; opened: number }> {
  const definition = loanDefinition({
    monitoring: { minimumLabels: 100, performance: { metric } },
    training: { heldOutRange: 'P7D', recentRange: 'P14D' },
    gate: {
      rules: [{ kind: 'relative', metric, minimumImprovement: 0 }],
      minimumLabels: 300,
      minimumPositives: 50,
      bootstrapReplicates: 100,
    },
  });
  const log = new MemoryLog();
  for (let count = 0; count < days; count += 1) log.add(loansOf(day(count), { rows: 100, skill: 0.9, ...weather(count) }));
  const runtime = new IncomeRuntime();
  const around = { definition, log, runtime, stopwatch: () => 0, note: () => undefined };
  let repository = new MemoryRepository(definition);
  for (const [index, until] of trainedUntil.entries()) {
    const version = `v${index + 1}`;
    const spec = specifyInitialTraining({
      definition,
      version,
      decision: 'by hand',
      asOf: day(until + 8),
      range: { start: day(until - 7), end: day(until) },
      heldOut: { start: day(until), end: day(until + 7) },
    });
    const { files } = await makeVersion({ ...around, repository, specBytes: new TextEncoder().encode(canonicalJson(spec)) });
    repository = repository.withVersion(version, files);
  }
  let opened = 0;
  const openRuntime = async () => {
    opened += 1;
    return runtime;
  };
  const tryRemedies = openTrials({ repository, openRuntime, stopwatch: around.stopwatch, note: around.note });
  const champion = `v${trainedUntil.length}`;
  const task = { definition, champion, log, asOf: day(days), historyStart: day(0), labelledUntil: day(days - 1), look };
  return { trial: await tryRemedies(task), opened };
}

const remedyOf = (trial: RemedyTrial | null, kind: string) => trial?.remedies.find((remedy) => remedy.kind === kind);

describe('a trial of remedies', () => {
  test('in a world that has turned around a challenger of the recent rows helps; no curve that rises could', async () => {
    const { trial, opened } = await tryIn({ days: 50, weather: (count) => ({ flipped: count >= 25 }), trainedUntil: [14] });

    expect(opened).toBe(1);
    expect(trial?.range).toEqual({ start: day(42), end: day(49) });
    expect(trial?.remedies.find(({ name }) => name === 'recent-window')).toMatchObject({ kind: 'retrain', helps: true });
    expect(remedyOf(trial, 'recalibrate')?.helps ?? false).toBe(false);
  });

  test('in one that has turned back the archived version helps', async () => {
    const weather = (count: number) => ({ flipped: count >= 21 && count < 42 });

    const { trial } = await tryIn({ days: 57, weather, trainedUntil: [7, 28] });

    expect(remedyOf(trial, 'roll-back')).toMatchObject({ name: 'v1', helps: true });
    expect(remedyOf(trial, 'roll-back')?.improvement ?? 0).toBeGreaterThan(0.2);
  });

  test('where the level of the scores no longer holds, a curve over them helps log loss', async () => {
    const { trial } = await tryIn({
      metric: 'logLoss',
      days: 50,
      weather: (count) => ({ shift: count >= 21 ? 120 : 0 }),
      trainedUntil: [14],
    });

    expect(remedyOf(trial, 'recalibrate')?.helps).toBe(true);
  });

  test('a later trial of the same champion must be surer', async () => {
    const world = { metric: 'logLoss' as const, days: 50, weather: () => ({}), trainedUntil: [14] };
    const widthOf = (trial: RemedyTrial | null) => {
      const { lower = Number.NaN, upper = Number.NaN } = trial?.remedies[0]?.interval ?? {};
      return upper - lower;
    };

    const [first, tenth] = [(await tryIn(world)).trial, (await tryIn({ ...world, look: 10 })).trial];

    expect(tenth?.look).toBe(10);
    expect(tenth?.remedies[0]?.improvement).toBe(first?.remedies[0]?.improvement);
    // One day in seven is drawn: Student's t with 6 degrees of freedom, at .05 / 2 / 2 and at a tenth of that.
    expect(widthOf(tenth) / widthOf(first)).toBeCloseTo(4.9807 / 2.9687, 2);
  });

  test('in a steady world nothing is better by enough', async () => {
    const { trial } = await tryIn({ days: 50, weather: () => ({}), trainedUntil: [14] });

    for (const { improvement } of trial?.remedies ?? []) expect(Math.abs(improvement ?? 1)).toBeLessThan(0.01);
    expect(trial?.remedies.length).toBeGreaterThanOrEqual(2);
  });
});
