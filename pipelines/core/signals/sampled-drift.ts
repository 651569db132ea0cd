import type { Signal, SignalEvidence, SignalStatus } from '../schema/signal.ts';
import type { Restlessness } from '../statistics/sequential/restless-evidence.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { evidenceText, figure } from './phrase-figures.ts';
import type { WindowEvidence } from './signal-of.ts';

/** A drift that is measured on a sample of rows, before the evidence of all drifts is known. */
export interface SampledDrift {
  /** Its name in the evidence of the model. */
  readonly key: string;
  /** null: not measured in this window. */
  readonly eValue: number | null;
  /** Its statements, once the evidence of the model over all windows so far is known. */
  readonly tell: (total: number) => readonly Signal[];
}

/** How much the reference's own windows differ in one of the sampled measures; null: rows are taken to be independent. */
export function restlessnessOf(over: { readonly windows: number } | undefined, meanSquare: number | null | undefined): Restlessness | null {
  return over === undefined || meanSquare === null || meanSquare === undefined ? null : { windows: over.windows, meanSquare };
}

/** Alert: an effect above its floor, evidence in this window, and evidence of the model up to its budget; without the last, a warning. */
export function sampledStatus(
  { definition }: WindowEvidence,
  found: { readonly isLarge: boolean; readonly pValue: number; readonly total: number },
): SignalStatus {
  if (!found.isLarge || found.pValue > EVIDENCE_LEVEL) return 'ok';
  return found.total >= definition.monitoring.falseAlarmBudget ? 'alert' : 'warning';
}

/** The end of a sentence about a drift that is large and more than chance. */
export function evidenceSentence({ definition }: WindowEvidence, total: number): string {
  const { falseAlarmBudget: budget } = definition.monitoring;
  return total >= budget
    ? `evidence ${evidenceText(total)} of ${figure(budget)}: one such alarm in ${figure(budget)} windows without drift.`
    : `evidence ${evidenceText(total)} of the ${figure(budget)} that an alarm needs.`;
}

/** Six digits, so that the last bit of a logarithm changes nothing that is stored. */
export function toldEvidence({ definition }: WindowEvidence, eValue: number, total: number): SignalEvidence {
  return {
    eValue: Number(eValue.toPrecision(6)),
    total: Number(total.toPrecision(6)),
    budget: definition.monitoring.falseAlarmBudget,
  };
}
