import { groupLines } from '../registry/card-parts.ts';
import type { Algorithm } from '../schema/algorithm.ts';
import type { EvaluationReport } from '../schema/evaluation-report.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import type { Task } from '../schema/task.ts';
import type { DatasetFacts, TrainingSpec } from '../schema/training-spec.ts';
import { selectedContender } from './contender-table.ts';
import { groupLimitLines } from './group-limits.ts';
import { phraseDay, phraseWindow } from './phrase-instant.ts';
import { METRIC_WORDS, metricDigits, metricName, phraseEstimate } from './phrase-metric.ts';
import { phraseCount, phraseNumber, phraseShare } from './phrase-number.ts';
import type { ModelSource, VersionSource } from './site-source.ts';

export interface CardSection {
  readonly id: string;
  readonly heading: string;
  /** Empty: the page says "Not stated". */
  readonly lines: readonly string[];
}

/** The nine headings of Mitchell et al. 2019, "Model Cards for Model Reporting" (arxiv.org/abs/1810.03993), section 4. */
export function modelCard(model: ModelSource, source: VersionSource): CardSection[] {
  const { definition } = model;
  const { evaluation, spec } = source;
  return [
    section('Model details', detailLines(model, source)),
    section('Intended use', [definition.objective, ...definition.outOfScope.map((use) => `Out of scope: ${use}`)]),
    section('Factors', factorLines(model)),
    section(
      'Metrics',
      definition.successMetrics.map(
        (success) => `${metricName(success.metric)}, target ${success.target}: ${success.why} ${METRIC_WORDS[success.metric].meaning}`,
      ),
    ),
    section(
      'Evaluation data',
      evaluation === null ? [] : [datasetLine(evaluation.heldOut, definition.task), 'No contender was trained on these rows.'],
    ),
    section('Training data', trainingLines(definition.task, evaluation, spec)),
    section(
      'Quantitative analyses',
      (evaluation === null ? [] : (selectedContender(evaluation)?.metrics ?? [])).map(
        (estimate) => `${metricName(estimate.metric)}: ${phraseEstimate(estimate)}. ${estimate.method}.`,
      ),
    ),
    section('Ethical considerations', [...definition.ethicalConsiderations, ...(evaluation === null ? [] : groupLines(evaluation))]),
    section('Caveats and recommendations', [...definition.constraints, ...promiseCaveats(source)]),
  ];
}

function section(heading: string, lines: readonly string[]): CardSection {
  return { id: `card-${heading.toLowerCase().replaceAll(' ', '-')}`, heading, lines };
}

function detailLines({ definition }: ModelSource, { version, spec, evaluation }: VersionSource): string[] {
  const lines = [
    `${definition.name} ${version.version}, a ${spec === null ? TASK_WORDS[definition.task] : ALGORITHM_WORDS[spec.training.algorithm]}.`,
  ];
  lines.push(
    `Created ${phraseDay(version.createdAt)} from ${version.parent === null ? 'no earlier version' : version.parent}; saw nothing after ${phraseDay(version.trainedUntil)}.`,
  );
  lines.push(`Owner: ${definition.owner}. Stakeholders: ${definition.stakeholders.join(', ')}.`);
  if (spec?.recalibrate !== undefined)
    lines.push(
      `Recalibrated: it keeps the weights of ${spec.champion}, byte for byte, and puts a curve over its scores; the order of rows stays.`,
    );
  if (evaluation !== null) lines.push(`Trained and scored with ${evaluation.backend}.`);
  return lines;
}

const ALGORITHM_WORDS: Readonly<Record<Algorithm, string>> = {
  logisticRegression: 'logistic regression',
  multilayerPerceptron: 'multilayer perceptron',
  softmaxRegression: 'softmax regression',
  ridgeRegression: 'ridge regression',
};
const TASK_WORDS: Readonly<Record<Task, string>> = {
  binary: 'binary classifier',
  multiclass: 'classifier of several classes',
  regression: 'regression',
};

function factorLines({ definition }: ModelSource): string[] {
  const features = definition.columns.filter((column) => column.role === 'feature');
  const named = features.map((column) => (column.unit === undefined ? column.name : `${column.name} (${column.unit})`));
  return [`Features: ${named.join(', ')}.`, ...groupLimitLines(definition)];
}

function datasetLine(facts: DatasetFacts, task: Task): string {
  const share = facts.rows === 0 || task !== 'binary' ? '' : `, ${phraseShare(facts.positives / facts.rows)} positive`;
  return `${phraseQuantity(facts.rows, 'row')} from ${phraseWindow(facts.range)}${share}.`;
}

function trainingLines(task: Task, evaluation: EvaluationReport | null, spec: TrainingSpec | null): string[] {
  const facts = evaluation === null ? null : (selectedContender(evaluation)?.trainedOn ?? null);
  const lines = facts === null ? [] : [datasetLine(facts, task)];
  if (evaluation !== null) lines.push(`Selected: ${evaluation.selected}. ${evaluation.selectedBecause}`);
  if (spec !== null && spec.recalibrate !== undefined)
    lines.push(`Only the curve over the scores was fitted on these rows; what the weights learnt from, the card of ${spec.champion} says.`);
  if (spec !== null)
    lines.push(`Seed ${spec.training.seed}; at most ${phraseCount(spec.training.maximumRows)} rows, sampled by hash of id.`);
  return lines;
}

function promiseCaveats({ reference, calibration }: VersionSource): string[] {
  if (reference === null) return [];
  const promises = reference.promise.flatMap((estimate) =>
    estimate.value === null
      ? []
      : [`${metricName(estimate.metric)} ${phraseNumber(estimate.value, metricDigits(estimate.metric, estimate.value))}`],
  );
  return [
    `It promises what it showed on ${phraseWindow(reference.range)}: ${promises.join(', ')}. Outside such conditions the promise is not tested.`,
    ...(calibration == null ? [] : [calibration]),
  ];
}
