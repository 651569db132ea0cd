import { beforeAll, describe, expect, test } from 'vitest';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { backtest } from '../../pipelines/stages/backtest.ts';
import type { BacktestResult } from '../../pipelines/stages/backtest-result.ts';
import { phraseBacktest } from '../../pipelines/stages/phrase-backtest.ts';
import { IncomeRuntime } from '../fakes/income-runtime.ts';
import { type LoanWeather, loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { loanDefinition } from '../fakes/policy-world.ts';

const START = '2001-01-01T00:00:00Z';
const DAY = 86_400;
const PLAN = {
  trainUntil: '2001-01-22T00:00:00Z',
  referenceUntil: '2001-02-05T00:00:00Z',
  asOf: '2001-04-16T00:00:00Z',
  every: 'P7D',
  alwaysEvery: 'P28D',
};
const LOGGED_BADLY: LoanWeather = { rows: 120, skill: 0, version: null };
const FLIP_DAY = 63;

function definition(): ModelDefinition {
  return loanDefinition({
    monitoring: { minimumRows: 50, minimumLabels: 60 },
    gate: {
      rules: [{ kind: 'relative', metric: 'rocAuc', minimumImprovement: 0 }],
      minimumLabels: 300,
      minimumPositives: 50,
      maximumLatencyMs: 1000,
      bootstrapReplicates: 100,
    },
    training: { heldOutRange: 'P7D', recentRange: 'P14D' },
    retraining: { minimumNewLabels: 500, cooldown: 'P14D', budget: { proposals: 6, per: 'P90D' }, cost: 50 },
    businessValue: {
      currency: 'EUR',
      threshold: 0.5,
      truePositive: 0,
      falsePositive: -4,
      falseNegative: -10,
      trueNegative: 0,
      assumption: 'test',
      assumedOn: '2026-01-01',
      owner: 'finance',
    },
  });
}

async function replay(
  weatherOf: (day: number) => LoanWeather,
  plan = PLAN,
): Promise<{ result: BacktestResult; runtime: IncomeRuntime; notes: string[] }> {
  const log = new MemoryLog();
  for (let day = 0; day < 105; day += 1) log.add(loansOf(addSeconds(START, day * DAY), weatherOf(day)));
  const runtime = new IncomeRuntime();
  const notes: string[] = [];
  let ticks = 0;
  const stopwatch = () => {
    ticks += 1;
    return ticks / 1000;
  };
  const result = await backtest({ definition: definition(), log, runtime, stopwatch, note: (line) => notes.push(line) }, plan);
  return { result, runtime, notes };
}

function summaryOf(result: BacktestResult, strategy: string) {
  const summary = result.summaries.find((one) => one.strategy === strategy);
  if (summary === undefined) throw new RangeError(strategy);
  return summary;
}

describe('backtest of a world that turns around', () => {
  let result: BacktestResult;

  beforeAll(async () => {
    ({ result } = await replay((day) => ({ ...LOGGED_BADLY, flipped: day >= FLIP_DAY })));
  });

  test('the scores of the log do not count: before the turn every strategy ranks well', () => {
    const before = result.windows.filter(({ window }) => window.end <= addSeconds(START, FLIP_DAY * DAY));

    expect(before.length).toBeGreaterThan(20);
    for (const { outcomes } of before) expect(outcomes['never']?.metric ?? 0).toBeGreaterThan(0.6);
  });

  test('the policy is quiet before the turn, then opens an incident, retrains and promotes', () => {
    const turn = addSeconds(START, FLIP_DAY * DAY);
    const events = (before: boolean) =>
      result.windows.filter(({ window }) => window.end <= turn === before).flatMap((window) => window.events);

    expect(events(true)).toEqual([]);
    expect(events(false)).toContain('incident opened: realised-performance of rocAuc (high)');
    expect(events(false).some((event) => event.startsWith('gate pass'))).toBe(true);
    expect(events(false).some((event) => event.startsWith('promoted: v'))).toBe(true);
  });

  test('after its promotion the policy ranks better than never retraining, and is worth more', () => {
    const last = result.windows.at(-10);

    expect(last?.outcomes['policy']?.version).not.toBe('v1');
    expect(last?.outcomes['never']?.version).toBe('v1');
    expect(last?.outcomes['policy']?.metric ?? 0).toBeGreaterThan((last?.outcomes['never']?.metric ?? 1) + 0.1);
    expect(summaryOf(result, 'policy').meanMetric ?? 0).toBeGreaterThan(summaryOf(result, 'never').meanMetric ?? 1);
    expect(summaryOf(result, 'policy').money ?? 0).toBeGreaterThan(summaryOf(result, 'never').money ?? 0);
  });

  test('trainings are counted and paid for', () => {
    const always = summaryOf(result, 'always');

    expect(always.trainings).toBe(2);
    expect((always.money ?? 0) - (always.moneyAfterTraining ?? 0)).toBeCloseTo(100, 9);
    expect(summaryOf(result, 'never')).toMatchObject({ trainings: 0, promotions: 0 });
  });

  test('the account names every window, every strategy and both currencies of the comparison', () => {
    const lines = phraseBacktest(result);

    expect(lines.filter((line) => /^2001-\d\d-\d\d /.test(line))).toHaveLength(result.windows.length);
    expect(lines.join('\n')).toMatch(/policy +.*\n.*never +.*\n.*always/);
    expect(lines.join('\n')).toContain('EUR');
  });
});

describe('backtest of a steady world', () => {
  let steady: Awaited<ReturnType<typeof replay>>;

  beforeAll(async () => {
    steady = await replay(() => LOGGED_BADLY);
  });

  test('nothing is opened, nothing is retrained, and the policy does as never retraining', () => {
    const { result, runtime } = steady;

    const [policy, never] = [summaryOf(result, 'policy'), summaryOf(result, 'never')];

    expect(result.windows.flatMap(({ events }) => events)).toEqual([]);
    const { estimates, ...others } = policy;
    expect({ ...others, strategy: 'never' }).toEqual(never);
    expect(estimates).toMatch(/^The 95 % band of the estimate held the realised AUC in 9 of 10 stretches of 7 windows/);
    // One first version, two challengers at each of the two turns of `always`, and two in each of ten trials, none of which was worth a proposal.
    expect(runtime.trainings).toBe(25);
  });

  test('the same log gives the same result', async () => {
    const again = await replay(() => LOGGED_BADLY);

    expect(again.result).toEqual(steady.result);
  });

  test('a log that ends before the replay begins is the user’s error', async () => {
    const late = { ...PLAN, trainUntil: '2003-01-01T00:00:00Z', referenceUntil: '2003-02-01T00:00:00Z', asOf: '2003-03-01T00:00:00Z' };

    await expect(replay(() => LOGGED_BADLY, late)).rejects.toMatchObject({ code: 'BACKTEST_RANGE_EMPTY' });
  });
});
