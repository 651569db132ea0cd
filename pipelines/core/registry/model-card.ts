import type { Contender, EvaluationReport, PairedComparison } from '../schema/evaluation-report.ts';
import type { Interval } from '../schema/interval.ts';
import type { ModelArtifact } from '../schema/model-artifact.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Task } from '../schema/task.ts';
import type { DatasetFacts, TrainingSpec } from '../schema/training-spec.ts';
import { groupLines, sliceLines } from './card-parts.ts';

export interface CardMaterial {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  readonly report: EvaluationReport;
  readonly artifact: ModelArtifact;
}

const NOT_STATED = 'Not stated.';

/**
 * The model card of a version: the nine headings of Mitchell et al. 2019 (https://arxiv.org/abs/1810.03993), filled from the definition and from measured figures only.
 * What the definition does not say is "Not stated".
 */
export function renderModelCard(material: CardMaterial): string {
  const { spec } = material;
  const sections: readonly (readonly [string, string])[] = [
    ['Model Details', modelDetails(material)],
    ['Intended Use', intendedUse(material.definition)],
    ['Factors', factors(material.definition)],
    ['Metrics', metrics(material)],
    ['Evaluation Data', dataset(material, material.report.heldOut, 'No contender was trained on these rows.')],
    ['Training Data', trainingData(material)],
    ['Quantitative Analyses', analyses(material.report)],
    ['Ethical Considerations', ethics(material)],
    ['Caveats and Recommendations', caveats(material)],
  ];
  return [`# ${text(spec.model)} ${spec.version}`, ...sections.map(([title, body]) => `## ${title}\n\n${body}`)].join('\n\n').concat('\n');
}

function modelDetails({ definition, spec, report, artifact }: CardMaterial): string {
  const { hyperparameters, seed } = spec.training;
  const settings = Object.entries(hyperparameters)
    .filter(([name]) => isSettingOf(artifact, name))
    .map(([name, value]) => `${name} ${String(value)}`);
  return list([
    `Owner: ${definition.owner}`,
    `Algorithm: ${artifact.algorithm} on ${artifact.layers[0]?.inputs ?? 0} inputs from ${artifact.inputs.length} features`,
    recalibrationLine(spec, artifact) ?? `Settings: ${settings.join(', ')}, seed ${seed}`,
    `Trained as ${report.selected}, asked for by decision ${spec.decision}, as of ${spec.asOf}`,
    `Engine: ${report.backend}`,
    `Replaces: ${spec.champion ?? 'nothing; it is the first version'}`,
  ]);
}

/** What a recalibration did; null for a version that was trained. */
function recalibrationLine({ champion, recalibrate }: TrainingSpec, { calibration }: ModelArtifact): string | null {
  if (recalibrate === undefined || calibration === undefined) return null;
  const curve =
    calibration.method === 'logistic'
      ? `logistic, slope ${calibration.slope.toFixed(4)} and intercept ${calibration.intercept.toFixed(4)} of the log odds`
      : `isotonic, ${calibration.scores.length} breakpoints`;
  return `Recalibrated: the weights are those of ${champion}, byte for byte; only a curve over its scores is new (${curve}). The order of rows is that of ${champion}`;
}

/** Settings of the engine that trains in batches; softmax regression has epochs too. What is solved to its one minimum has neither. */
const OF_NETWORKS = ['epochs', 'batchSize', 'learningRate', 'hiddenUnits'];
const OF_TEXTS = ['textBuckets', 'longestNGram'];

function isSettingOf({ algorithm, inputs }: ModelArtifact, name: string): boolean {
  if (OF_TEXTS.includes(name)) return inputs.some(({ kind }) => kind === 'text');
  if (algorithm === 'softmaxRegression' && name === 'epochs') return true;
  return algorithm === 'multilayerPerceptron' || !OF_NETWORKS.includes(name);
}

function intendedUse({ objective, stakeholders, outOfScope, constraints }: ModelDefinition): string {
  return [
    text(objective),
    `Stakeholders:\n\n${list(stakeholders)}`,
    `Not meant for:\n\n${list(outOfScope)}`,
    `Constraints:\n\n${list(constraints)}`,
  ].join('\n\n');
}

function factors({ columns }: ModelDefinition): string {
  return list(
    columns
      .filter(({ role }) => role !== 'ignored')
      .map(({ name, kind, unit, role, source }) => {
        const facts = [kind, unit, role === 'protected' ? 'protected: monitored, never trained on' : undefined, source && `from ${source}`];
        return `${name}: ${facts.filter((fact) => fact !== undefined).join(', ')}`;
      }),
  );
}

function metrics({ definition }: CardMaterial): string {
  const targets = definition.successMetrics.map(({ metric, target, why }) => `${metric}, target ${target}: ${why}`);
  const value = definition.businessValue;
  const call = CALLS[definition.task](value?.threshold ?? 0.5);
  return list([...targets, value === undefined ? call : `${call}; values in ${value.currency}: ${value.assumption}, ${value.assumedOn}`]);
}

const CALLS: Readonly<Record<Task, (threshold: number) => string>> = {
  binary: (threshold) => `Positive is called at score ${threshold} or above`,
  multiclass: (threshold) => `The most probable class is called; an answer counts as acted on at confidence ${threshold} or above`,
  regression: () => 'The prediction is a number in the unit of the label',
};

function dataset({ definition }: CardMaterial, facts: DatasetFacts, remark: string): string {
  const share = facts.rows === 0 ? '' : ` (${((100 * facts.positives) / facts.rows).toFixed(1)} %)`;
  const positives = definition.task === 'binary' ? `, ${facts.positives} of them positive${share}` : '';
  return list([
    `Events from ${facts.range.start} to ${facts.range.end}`,
    `${facts.rows} labelled rows${positives}; ${facts.quarantined} quarantined`,
    `Digest ${facts.digest}`,
    remark,
  ]);
}

function trainingData(material: CardMaterial): string {
  const { report, spec } = material;
  const facts = report.challengers.find(({ name }) => name === report.selected)?.trainedOn ?? null;
  return facts === null
    ? NOT_STATED
    : dataset(material, facts, `${onlyCurve(spec)}At most ${spec.training.maximumRows} rows, chosen by hash of id.`);
}

function onlyCurve({ champion, recalibrate }: TrainingSpec): string {
  return recalibrate === undefined
    ? ''
    : `Only the curve was fitted on these rows; what the weights learnt from, the card of ${champion} says. `;
}

function analyses(report: EvaluationReport): string {
  const contenders = [report.baseline, ...(report.champion === null ? [] : [report.champion]), ...report.challengers];
  const rows = contenders.flatMap((contender) => metricRows(contender, report));
  const table = ['| Contender | Metric | Value | 95 % interval | n |', '|---|---|---:|---|---:|', ...rows].join('\n');
  const gains = report.comparisons.filter(({ challenger }) => challenger === report.selected).map(gain);
  const slices = sliceLines(report);
  return [
    table,
    ...(gains.length === 0 ? [] : [`Against the champion, on the same rows (positive is better):\n\n${list(gains)}`]),
    ...(slices.length === 0
      ? []
      : [
          `By slice (smaller is better; found slices were looked for on one half of the rows and measured on the other):\n\n${list(slices)}`,
        ]),
  ].join('\n\n');
}

/** What people wrote, and what was measured of protected groups. */
function ethics({ definition, report }: CardMaterial): string {
  const measured = groupLines(report);
  const written = list(definition.ethicalConsiderations);
  return measured.length === 0 ? written : `${written}\n\nGroups of protected columns on the held-out rows:\n\n${list(measured)}`;
}

function metricRows({ name, metrics: estimates, version }: Contender, report: EvaluationReport): string[] {
  const who = version === null || name !== 'champion' ? name : `champion ${version}`;
  const label = name === report.selected ? `**${text(who)}**` : text(who);
  return estimates.map(
    ({ metric, value, interval, sampleSize, why }) =>
      `| ${label} | ${metric} | ${value === null ? text(why ?? 'none') : value.toFixed(4)} | ${range(interval)} | ${sampleSize} |`,
  );
}

function gain({ metric, improvement, interval, sampleSize, why }: PairedComparison): string {
  if (improvement === null) return `${metric}: ${why ?? 'no figure'}`;
  const level = interval === null ? '' : ` (${(100 * interval.level).toFixed(1)} % interval ${range(interval)})`;
  return `${metric}: ${improvement.toFixed(4)}${level}, n = ${sampleSize}`;
}

function caveats({ report }: CardMaterial): string {
  return list([
    'Intervals of the gains draw whole days. Those of the single metrics take rows as independent; rows of one day hang together, so they are too narrow.',
    'The figures hold for the held-out range; production is watched for drift from it.',
    report.selectedBecause,
  ]);
}

function range(interval: Interval | null): string {
  return interval === null ? 'none' : `${interval.lower.toFixed(4)} to ${interval.upper.toFixed(4)}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? NOT_STATED : items.map((item) => `- ${text(item)}`).join('\n');
}

/** Text from a definition, so that it cannot open a tag, a table cell, a link or a new line. */
function text(value: string): string {
  return value.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|#@]/g, (character) => `\\${character}`);
}
