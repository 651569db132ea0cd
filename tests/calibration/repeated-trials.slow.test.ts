import { describe, expect, test } from 'vitest';
import { chooseRemedy } from '../../pipelines/core/decisions/choose-remedy.ts';
import { isTrialDue } from '../../pipelines/core/decisions/is-trial-due.ts';
import { worthwhileGain } from '../../pipelines/core/decisions/least-gain.ts';
import { trialConfidence } from '../../pipelines/core/decisions/trial-look.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { TriedRemedy } from '../../pipelines/core/schema/remedy-trial.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { studentTQuantile } from '../../pipelines/core/statistics/distributions/student-t-quantile.ts';
import { aucOf, loanDefinition, reportOf, versionOf, watchedState } from '../fakes/policy-world.ts';
import { printTable } from './tabulate.ts';

const WORLDS = 300;
const DAYS = 365;
const HELD_OUT = 14;
/** When the true gain begins, where there is one. */
const ONSET = 182;
const START = '2001-01-01T00:00:00Z';
const DAY = 86_400;
const TOLERATED = 0.02;

const definition = loanDefinition({
  monitoring: { performance: { metric: 'rocAuc', toleratedDrop: TOLERATED } },
  training: { heldOutRange: `P${HELD_OUT}D` },
  retraining: { minimumNewLabels: 1000 },
});
const ESTIMATE = aucOf(0.7);
const SLACK = worthwhileGain(definition);

/** Days of the year on which the policy of the code tries remedies, when nothing that it tries is ever promoted. */
function daysOfTrials(isHarmed: boolean): number[] {
  const days: number[] = [];
  let state = watchedState();
  for (let day = HELD_OUT; day < DAYS; day += 1) {
    const asOf = addSeconds(START, (60 + day) * DAY);
    const signals = { 'realised-performance/rocAuc': isHarmed ? 'A' : 'O' };
    const report = reportOf({ asOf, newLabels: 50_000, signals });
    const around = { definition, report, historyStart: START, labelledUntil: asOf, championVersion: versionOf('v1') };
    if (!isTrialDue(around, state)) continue;
    days.push(day);
    const range = { start: addSeconds(asOf, -HELD_OUT * DAY), end: asOf };
    state = { ...state, trial: { at: asOf, champion: 'v1', range, rows: 5000, estimate: aucOf(0.7), remedies: [] } };
  }
  return days;
}

interface World {
  readonly seed: number;
  /** Standard error of a gain on one held-out range. */
  readonly error: number;
  /** From `onset` on; before it there is none. */
  readonly gain: number;
  readonly onset: number;
}

/** Gains of two challengers, day by day: noise that both share in part, around the true gain. */
function dailyGains({ seed, error, gain, onset }: World): readonly (readonly number[])[] {
  const random = seededRandom(seed);
  const normal = () => {
    const [u, v] = [(random.uint32() + 1) / 2 ** 32, random.uint32() / 2 ** 32];
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  };
  const scale = error * Math.sqrt(HELD_OUT);
  const shared = Array.from({ length: DAYS }, normal);
  return [0, 1].map(() =>
    shared.map((common, day) => (day < onset ? 0 : gain) + scale * (Math.SQRT1_2 * common + Math.SQRT1_2 * normal())),
  );
}

/**
 * Whether a trial of these days leads to a promotion: the gate judges the same rows by its own level, so the trial's stricter one decides. The interval is what
 * `pairedBootstrap` tends to for a mean of days: Student's.
 */
function leadsToPromotion(gains: readonly (readonly number[])[], of: { day: number; confidence: number; rule: number }): boolean {
  const level = 1 - (1 - of.confidence) / gains.length;
  const quantile = quantileOf(level);
  const remedies = gains.map((each, at): TriedRemedy => {
    const window = each.slice(of.day - HELD_OUT, of.day);
    const mean = window.reduce((sum, value) => sum + value, 0) / HELD_OUT;
    const squares = window.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const half = quantile * Math.sqrt(squares / (HELD_OUT * (HELD_OUT - 1)));
    const interval = { lower: mean - half, upper: mean + half, level };
    const helps = interval.lower >= of.rule;
    return { kind: 'retrain', name: `challenger ${at}`, estimate: ESTIMATE, improvement: mean, interval, helps, why: 'simulated' };
  });
  if (!remedies.some(({ helps }) => helps)) return false;
  const trial = { at: START, champion: 'v1', range: { start: START, end: START }, rows: 5000, estimate: ESTIMATE, remedies };
  return chooseRemedy(trial, definition).chosen !== null;
}

const QUANTILES = new Map<number, number>();

function quantileOf(level: number): number {
  const known = QUANTILES.get(level) ?? studentTQuantile((1 - level) / 2, HELD_OUT - 1);
  QUANTILES.set(level, known);
  return known;
}

interface Policy {
  readonly days: readonly number[];
  readonly error: number;
  readonly rule: number;
  readonly isCorrected: boolean;
}

/** Day of the first promotion in each year, none before `from` counted; infinite where there is none. Ascending. */
function promotions({ days, error, rule, isCorrected }: Policy, { gain, from }: { gain: number; from: number }): number[] {
  return Array.from({ length: WORLDS }, (_, world) => {
    const gains = dailyGains({ seed: 1 + world, error, gain, onset: from });
    const first = days.findIndex((day, at) => {
      const confidence = isCorrected ? trialConfidence(definition.gate, at + 1) : definition.gate.confidence;
      return day >= from && leadsToPromotion(gains, { day, confidence, rule });
    });
    return days[first] ?? Number.POSITIVE_INFINITY;
  }).sort((a, b) => a - b);
}

/** Share of years in which something is promoted that gains nothing. */
function falseShare(policy: Policy): number {
  return promotions(policy, { gain: 0, from: 0 }).filter(Number.isFinite).length / WORLDS;
}

/** Median days from the middle of the year, when a gain of three times the worthwhile one begins, to the promotion: after half a year of trials in vain. */
function delay(policy: Policy): number {
  return (promotions(policy, { gain: 3 * SLACK, from: ONSET })[WORLDS / 2] ?? Number.NaN) - ONSET;
}

const SCHEDULES: readonly (readonly [string, readonly number[]])[] = [
  ['every day', Array.from({ length: DAYS - HELD_OUT }, (_, day) => day + HELD_OUT)],
  ['in harm', daysOfTrials(true)],
  ['without harm', daysOfTrials(false)],
];
const RULES = [
  ['better for sure', 0],
  ['not worse by a quarter of the tolerated drop', -TOLERATED / 4],
] as const;

describe('trials that are repeated for a year', () => {
  const rows = SCHEDULES.flatMap(([trials, days]) =>
    RULES.flatMap(([name, rule]) =>
      [0.25, 0.5, 1].map((ratio) => {
        const policy = { days, error: ratio * SLACK, rule };
        const [plain, corrected] = [
          { ...policy, isCorrected: false },
          { ...policy, isCorrected: true },
        ];
        const shares = { plain: falseShare(plain), corrected: falseShare(corrected) };
        return { trials, looks: days.length, name, rule, ratio, shares, delays: { plain: delay(plain), corrected: delay(corrected) } };
      }),
    ),
  );

  test('a level by looks keeps promotions that gain nothing rare where the gate asks for a sure gain', () => {
    printTable(
      `Of ${WORLDS} years: share with a promotion that gains nothing, at one level and at a level by looks; days until a gain that begins on day ${ONSET} is promoted`,
      ['trials', 'looks', 'rule of the gate', 'error/worthwhile', 'false, one level', 'by looks', 'delay, one level', 'by looks'],
      rows.map(({ trials, looks, name, ratio, shares, delays }) =>
        [trials, looks, name, ratio, shares.plain.toFixed(3), shares.corrected.toFixed(3), delays.plain, delays.corrected].map(String),
      ),
    );

    for (const { looks, rule, shares } of rows) {
      expect(shares.corrected).toBeLessThanOrEqual(shares.plain);
      // Half of 1 − confidence lies above, and Bonferroni holds for the two challengers: a union bound over looks, with room for 300 years.
      if (rule === 0) expect(shares.corrected).toBeLessThan(((1 - definition.gate.confidence) / 2) * (1 + Math.log(looks)) + 0.05);
    }
  });

  test('which one level does not', () => {
    const worst = rows.filter(({ rule, trials }) => rule === 0 && trials === 'in harm').map(({ shares }) => shares.plain);

    expect(Math.max(...worst)).toBeGreaterThan(0.5);
  });

  test('and delays a gain that is worth having by little more than one held-out range, after half a year of trials in vain', () => {
    const ours = rows.filter(({ trials }) => trials !== 'every day');

    expect(ours.length).toBe(12);
    for (const { delays } of ours) expect(delays.corrected - delays.plain).toBeLessThanOrEqual(HELD_OUT + 4);
  });
});
