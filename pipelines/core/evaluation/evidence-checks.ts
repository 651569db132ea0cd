import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import type { GatePolicy } from '../schema/model-definition.ts';
import { phraseCount } from '../schema/phrase-number.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

/** Whether the held-out rows can bear a judgement. Too few of them: nobody may pass, and a person must look. */
export function sampleChecks(policy: GatePolicy, report: EvaluationReport): WeighedCheck[] {
  const { rows, positives } = report.heldOut;
  return [
    weighCheck({
      name: 'labelled rows',
      metric: 'labels',
      operator: '>=',
      expected: policy.minimumLabels,
      actual: rows,
      otherwise: 'needs-human',
      why: `${phraseCount(rows)} labelled rows from ${report.heldOut.range.start} to ${report.heldOut.range.end}.`,
    }),
    weighCheck({
      name: 'positive rows',
      metric: 'positives',
      operator: '>=',
      expected: policy.minimumPositives,
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

/** A model must rank better than chance for sure, and lose less than the base rate of its training rows. */
export function baselineChecks(report: EvaluationReport, challenger: Contender): WeighedCheck[] {
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
