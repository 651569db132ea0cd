import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { batchBenjaminiHochberg } from '../../pipelines/core/statistics/hypotheses/batch-benjamini-hochberg.ts';
import { benjaminiHochberg } from '../../pipelines/core/statistics/hypotheses/benjamini-hochberg.ts';
import { homogeneityTest } from '../../pipelines/core/statistics/hypotheses/homogeneity-test.ts';
import { lordPlusPlus, type OnlineDecision, saffron } from '../../pipelines/core/statistics/hypotheses/online-false-discovery.ts';
import { accumulateEvidence, type Evidence } from '../../pipelines/core/statistics/sequential/accumulate-evidence.ts';
import { averageEValue } from '../../pipelines/core/statistics/sequential/average-e-value.ts';
import { driftEvidence } from '../../pipelines/core/statistics/sequential/drift-evidence.ts';
import { nannymlThreshold } from '../oracles/peers/nannyml-rules.ts';
import { drawCounts } from './draw-counts.ts';
import type { Uniform } from './simulated-features.ts';

export const RUNS = 90;
export const BUDGET = 90;
const REFERENCE_CHUNKS = 10;

/** One feature over all runs, as the rules see it. */
export interface FeatureStream {
  readonly eValues: readonly number[];
  readonly pValues: readonly number[];
  /** Jensen-Shannon distances, base 2. */
  readonly distances: readonly number[];
  /** Mean and three standard deviations of the distances of the chunks that make up the reference. */
  readonly threeSigma: number;
}

export interface FeatureWorld {
  readonly rows: number;
  readonly shares: readonly number[];
  readonly sharesNow: readonly number[];
  readonly ordered: number;
}

/** The e-values of one feature over all runs, against a reference of ten windows' rows. */
export function simulateEvidence(world: FeatureWorld, next: Uniform): number[] {
  const reference = drawCounts(world.shares, REFERENCE_CHUNKS * world.rows, next);
  return Array.from({ length: RUNS }, () => {
    const current = drawCounts(world.sharesNow, world.rows, next);
    return driftEvidence({ reference, current, ordered: world.ordered })?.eValue ?? Number.NaN;
  });
}

/** One feature with all that the peers' rules read. */
export function simulateFeature(world: FeatureWorld, next: Uniform): FeatureStream {
  const chunks = Array.from({ length: REFERENCE_CHUNKS }, () => drawCounts(world.shares, world.rows, next));
  const reference = world.shares.map((_, index) => chunks.reduce((sum, chunk) => sum + (chunk[index] ?? 0), 0));
  const windows = Array.from({ length: RUNS }, () => drawCounts(world.sharesNow, world.rows, next));
  return {
    eValues: windows.map((current) => driftEvidence({ reference, current, ordered: world.ordered })?.eValue ?? Number.NaN),
    pValues: windows.map((current) => homogeneityTest({ reference, current }).pValue),
    distances: windows.map((current) => jensenShannonDistance(reference, current)),
    threeSigma: nannymlThreshold(chunks.map((chunk) => jensenShannonDistance(reference, chunk))).upper,
  };
}

/** Whether a rule alarms in each run. */
export type AlarmRule = (features: readonly FeatureStream[]) => boolean[];

/** What our own rules read. */
type EvidenceRule = (features: readonly Pick<FeatureStream, 'eValues'>[]) => boolean[];

const inEachRun = (judge: (run: number) => boolean) => Array.from({ length: RUNS }, (_, run) => judge(run));
const pOf = (features: readonly FeatureStream[], run: number) => features.map(({ pValues }) => pValues[run] ?? 1);
const finds = (features: readonly FeatureStream[], run: number) => Math.min(...benjaminiHochberg(pOf(features, run))) <= 0.05;

/** Ours, with a fresh start after each alarm: one detector a feature, their mean. */
export const ours: EvidenceRule = (features) => {
  let evidence: Evidence = {};
  const named = features.map((feature, index) => [`f${index}`, feature.eValues] as const);
  // One record for all runs: to name 200 features anew in each of them would cost more than to weigh them.
  const eValues: Record<string, number> = {};
  return inEachRun((run) => {
    for (const [name, values] of named) eValues[name] = values[run] ?? Number.NaN;
    const { alarm, next } = accumulateEvidence(evidence, eValues, BUDGET);
    evidence = alarm ? {} : next;
    return alarm;
  });
};

/** As `ours`, with one detector of the mean e-value. */
export const oneDetector: EvidenceRule = (features) => {
  let evidence: Evidence = {};
  return inEachRun((run) => {
    const { alarm, next } = accumulateEvidence(
      evidence,
      { all: averageEValue(features.map(({ eValues }) => eValues[run] ?? Number.NaN)) },
      BUDGET,
    );
    evidence = alarm ? {} : next;
    return alarm;
  });
};

/** A rule over one endless row of tests, feature by feature within a run. */
const inOneRow =
  (rule: (pValues: readonly number[], alpha: number) => OnlineDecision): AlarmRule =>
  (features) => {
    const row = Array.from({ length: RUNS }, (_, run) => pOf(features, run)).flat();
    const { rejected } = rule(row, 0.05);
    return inEachRun((run) => rejected.slice(run * features.length, (run + 1) * features.length).some(Boolean));
  };

export const PEERS: Readonly<Record<string, AlarmRule>> = {
  'Any p < .05': (features) => inEachRun((run) => pOf(features, run).some((p) => p < 0.05)),
  'NannyML: mean + 3 sd of 10 reference chunks': (features) =>
    inEachRun((run) => features.some(({ distances, threeSigma }) => (distances[run] ?? 0) > threeSigma)),
  'Evidently: half of the columns, distance >= .1': (features) =>
    // Evidently's distance is in nats.
    inEachRun(
      (run) => features.filter(({ distances }) => (distances[run] ?? 0) * Math.sqrt(Math.LN2) >= 0.1).length >= features.length / 2,
    ),
  'Bonferroni, 1/90 a run': (features) => inEachRun((run) => Math.min(...pOf(features, run)) <= 1 / BUDGET / features.length),
  'Benjamini-Hochberg .05 a run': (features) => inEachRun((run) => finds(features, run)),
  'Benjamini-Hochberg .05, 2 of 3 runs': (features) => {
    const found = inEachRun((run) => finds(features, run));
    return inEachRun((run) => found.slice(Math.max(0, run - 2), run + 1).filter(Boolean).length >= 2);
  },
  'BatchBH .05, a run a batch': (features) => {
    const batches = Array.from({ length: RUNS }, (_, run) => pOf(features, run));
    return batchBenjaminiHochberg(batches, 0.05).map(({ rejected }) => rejected.some(Boolean));
  },
  'LORD++ .05': inOneRow(lordPlusPlus),
  'SAFFRON .05': inOneRow(saffron),
};
