import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import type { GatePolicy } from '../schema/gate-policy.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseCount, phraseNumber } from '../schema/phrase-number.ts';
import type { Task } from '../schema/task.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

/**
 * Whether the held-out rows can bear a judgement. Too few of them: nobody may pass, and a person must look. Only a binary task has positives; how far rare classes
 * of another can be told apart is in the interval of macro F1.
 */
export function sampleChecks({ task, gate }: Pick<ModelDefinition, 'task' | 'gate'>, report: EvaluationReport): WeighedCheck[] {
  const { rows, positives } = report.heldOut;
  const labelled = weighCheck({
    name: 'labelled rows',
    metric: 'labels',
    operator: '>=',
    expected: gate.minimumLabels,
    actual: rows,
    otherwise: 'needs-human',
    why: `${phraseCount(rows)} labelled rows from ${report.heldOut.range.start} to ${report.heldOut.range.end}.`,
  });
  if (task !== 'binary') return [labelled];
  return [
    labelled,
    weighCheck({
      name: 'positive rows',
      metric: 'positives',
      operator: '>=',
      expected: gate.minimumPositives,
      actual: positives,
      otherwise: 'needs-human',
      why: `${phraseCount(positives)} of them are positive.`,
    }),
  ];
}

/** Nobody may be judged on rows that it was trained on. */
export function unseenChecks(report: EvaluationReport, challenger: Contender): WeighedCheck[] {
  const contenders = report.champion === null ? [challenger] : [challenger, report.champion];
  return contenders.map((contender) => {
    const end = contender.trainedOn?.range.end ?? null;
    return weighCheck({
      name: `${contender.name} did not train on the held-out rows`,
      metric: 'trainedUntil',
      operator: '<=',
      expected: report.heldOut.range.start,
      actual: end,
      why: end === null ? `It is not known what ${contender.name} was trained on.` : `${contender.name} was trained on rows before ${end}.`,
    });
  });
}

/** A model must do better than an answer that looks at no column. */
export function baselineChecks(task: Task, report: EvaluationReport, challenger: Contender): WeighedCheck[] {
  if (task === 'binary') return binaryBaselineChecks(report, challenger);
  return [surelyBetter(task === 'multiclass' ? 'accuracy' : 'meanAbsoluteError', report, challenger)];
}

/** The bound of the challenger's interval that lies nearer to the baseline must still be better than it. */
function surelyBetter(metric: 'accuracy' | 'meanAbsoluteError', report: EvaluationReport, challenger: Contender): WeighedCheck {
  const estimate = challenger.metrics.find((each) => each.metric === metric);
  const trivial = report.baseline.metrics.find((each) => each.metric === metric)?.value ?? null;
  const interval = estimate?.interval ?? null;
  const isAccuracy = metric === 'accuracy';
  const words = isAccuracy ? 'The most frequent class of the training rows, called' : 'The mean of the training labels, given';
  const figure = trivial === null ? null : phraseNumber(trivial, metricDigits(metric));
  return weighCheck({
    name: `${metricName(metric)} ${isAccuracy ? 'above the baseline, lower' : 'below the baseline, upper'} bound`,
    metric,
    operator: isAccuracy ? '>=' : '<=',
    expected: trivial ?? 'a baseline',
    actual: (isAccuracy ? interval?.lower : interval?.upper) ?? null,
    interval,
    why: figure === null ? 'The baseline has no figure.' : `${words} for every row, has ${metricName(metric)} ${figure}.`,
  });
}

/** Ranks better than chance for sure, and loses less than the base rate of the training rows. */
function binaryBaselineChecks(report: EvaluationReport, challenger: Contender): WeighedCheck[] {
  const area = challenger.metrics.find(({ metric }) => metric === 'rocAuc');
  const loss = challenger.metrics.find(({ metric }) => metric === 'logLoss');
  const trivial = report.baseline.metrics.find(({ metric }) => metric === 'logLoss')?.value ?? null;
  return [
    weighCheck({
      name: 'AUC above chance, lower bound',
      metric: 'rocAuc',
      operator: '>=',
      expected: 0.5,
      actual: area?.interval?.lower ?? null,
      interval: area?.interval ?? null,
      why: area?.interval
        ? 'The baseline ranks nothing: its AUC is 0.5.'
        : `The challenger has no AUC interval: ${area?.why ?? 'not measured.'}`,
    }),
    weighCheck({
      name: 'Log-loss below the baseline',
      metric: 'logLoss',
      operator: '<=',
      expected: trivial ?? 'a baseline',
      actual: loss?.value ?? null,
      interval: loss?.interval ?? null,
      why:
        trivial === null
          ? 'The baseline has no log-loss.'
          : `The base rate of the training rows, given to every row, has log-loss ${trivial.toFixed(4)}.`,
    }),
  ];
}

/** Whether the challenger is fast and small enough to serve. */
export function budgetChecks(policy: GatePolicy, challenger: Contender): WeighedCheck[] {
  const { latencyMs, bytes } = challenger;
  return [
    weighCheck({
      name: 'time to score one row',
      metric: 'latencyMs',
      operator: '<=',
      expected: policy.maximumLatencyMs,
      actual: latencyMs,
      why: latencyMs === null ? 'It was not measured.' : `Median ${latencyMs} ms on the machine of this run.`,
    }),
    weighCheck({
      name: 'size of the artifact',
      metric: 'bytes',
      operator: '<=',
      expected: policy.maximumBytes,
      actual: bytes,
      why: `model.json and weights.bin have ${phraseCount(bytes)} bytes.`,
    }),
  ];
}
