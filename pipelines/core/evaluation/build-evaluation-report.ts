import type { Contender, EvaluationReport, PairedComparison } from '../schema/evaluation-report.ts';
import type { MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Task } from '../schema/task.ts';
import type { DatasetFacts, TrainingSpec } from '../schema/training-spec.ts';
import { compareContenders } from './compare-contenders.ts';
import { estimateMetrics } from './estimate-metrics.ts';
import { fairnessReport } from './fairness-report.ts';
import type { Answers } from './row-losses.ts';
import { sliceReport } from './slice-report.ts';
import { weighChallengers } from './weigh-challengers.ts';

/** A contender with its answers to the held-out rows. */
export interface ScoredContender extends Omit<Contender, 'metrics'>, Answers {}

export interface EvaluationMaterial {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  readonly heldOut: DatasetFacts;
  /** Event times of the held-out rows, seconds since the epoch. */
  readonly timestamps: Float64Array;
  /** Labels of the held-out rows, as a RowTable of the task holds them. */
  readonly labels: Float64Array;
  /** The held-out rows themselves, for slices and protected groups; left out: neither is measured. */
  readonly rows?: RowTable;
  readonly baseline: ScoredContender;
  readonly champion: ScoredContender | null;
  readonly challengers: readonly ScoredContender[];
  readonly backend: string;
}

/**
 * Judges nothing, measures everything: metrics of each contender, and each challenger against the champion on the same rows.
 * The better of several challengers looks better than it is; the confidence of each interval is raised for that (Bonferroni: 1 − (1 − confidence) / challengers).
 */
export function buildEvaluationReport(material: EvaluationMaterial): EvaluationReport {
  const { definition, spec, champion } = material;
  const challengers = material.challengers.map((each) => contender(each, material));
  const comparisons = champion === null ? [] : compareWith(champion, material);
  const measured = {
    schemaVersion: 1 as const,
    model: definition.name,
    version: spec.version,
    asOf: spec.asOf,
    heldOut: material.heldOut,
    baseline: contender(material.baseline, material),
    champion: champion === null ? null : contender(champion, material),
    challengers,
    comparisons,
    backend: material.backend,
  };
  const answers = new Map(material.challengers.map((each) => [each.name, answersOf(each)]));
  const selection = weighChallengers({ definition, spec, timestamps: material.timestamps, labels: material.labels, answers, measured });
  return { ...measured, selected: selection.name, selectedBecause: selection.because, ...partsOf(material, selection.name) };
}

/** Slices and protected groups of the challenger that goes to the gate. */
function partsOf(material: EvaluationMaterial, selected: string): Pick<EvaluationReport, 'slices' | 'fairness'> {
  const { definition, spec, rows, champion } = material;
  const challenger = material.challengers.find(({ name }) => name === selected);
  if (rows === undefined || challenger === undefined) return {};
  const compared = { definition, rows, challenger, champion };
  const fairness = fairnessReport({ ...compared, seed: spec.training.seed });
  return { slices: sliceReport(compared), ...(fairness.length === 0 ? {} : { fairness }) };
}

function compareWith(
  champion: ScoredContender,
  { definition, spec, labels, timestamps, challengers }: EvaluationMaterial,
): PairedComparison[] {
  const { gate, businessValue } = definition;
  return compareContenders({
    timestamps,
    labels,
    task: definition.task,
    champion: answersOf(champion),
    challengers: challengers.map((each) => ({ name: each.name, ...answersOf(each) })),
    metrics: comparedMetrics(definition),
    businessValue,
    replicates: gate.bootstrapReplicates,
    level: 1 - (1 - gate.confidence) / spec.challengers.length,
    seed: spec.training.seed,
  });
}

function answersOf({ scores, predicted }: Answers): Answers {
  return { scores, predicted };
}

function contender({ scores, predicted, ...facts }: ScoredContender, { labels, definition }: EvaluationMaterial): Contender {
  const { task, businessValue } = definition;
  return { ...facts, metrics: estimateMetrics({ task, scores, predicted, labels, businessValue }) };
}

/** What people ask about first. */
const ASKED: Readonly<Record<Task, readonly MetricName[]>> = {
  binary: ['rocAuc', 'logLoss', 'brier', 'accuracy'],
  multiclass: ['accuracy', 'macroF1', 'brier'],
  regression: ['meanAbsoluteError', 'rootMeanSquaredError', 'rSquared'],
};

/** What people ask about first, and whatever the gate's rules need. */
function comparedMetrics({ task, businessValue, gate, monitoring }: ModelDefinition): MetricName[] {
  const value: readonly MetricName[] = businessValue === undefined ? [] : ['valuePerPrediction'];
  const ruled = gate.rules.filter(({ kind }) => kind === 'relative').map(({ metric }) => metric);
  return [...new Set([...ASKED[task], ...value, monitoring.performance.metric, ...ruled])];
}
