import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, Disparity } from '../schema/group-report.ts';
import { FAIRNESS_WORDS, phraseGroupEstimate } from '../schema/phrase-group.ts';
import type { Signal, SignalStatus, Threshold } from '../schema/signal.ts';
import { signalOf } from '../signals/signal-of.ts';
import type { PartEvidence } from './part-signals.ts';

/** The ratio that US enforcement agencies take for evidence of adverse impact: 29 CFR 1607.4 D. */
const FOUR_FIFTHS = 0.8;

/** A statement for each protected column and each distance between its groups. */
export function fairnessSignals(evidence: PartEvidence, attributes: readonly AttributeReport[]): Signal[] {
  return attributes.flatMap((attribute) =>
    attribute.disparities.length === 0
      ? [unmeasured(evidence, attribute)]
      : attribute.disparities.map(({ measure, challenger }) => distanceSignal(evidence, { attribute, measure, found: challenger })),
  );
}

function unmeasured(evidence: PartEvidence, { attribute, method, why }: AttributeReport): Signal {
  const reason = `Groups of ${attribute} were not compared: ${why ?? 'too few rows.'}`;
  return signalOf(evidence, {
    kind: 'fairness',
    subject: `groups of ${attribute}`,
    method,
    window: evidence.measured,
    sampleSize: 0,
    status: 'insufficient-data',
    why: reason,
  });
}

interface Measured {
  readonly attribute: AttributeReport;
  readonly measure: FairnessMeasure;
  readonly found: Disparity;
}

/**
 * With a limit in monitoring.fairness.limits: an alert when the interval, which allows for the choice of the most different groups, lies beyond it wholly; a warning when the estimate does. Without one: reported only, but the selection rate ratio warns when it
 * is below four fifths for sure.
 */
function distanceSignal(evidence: PartEvidence, { attribute, measure, found }: Measured): Signal {
  const { name } = FAIRNESS_WORDS[measure];
  const base = {
    kind: 'fairness' as const,
    subject: `${name} of ${attribute.attribute}`,
    method: attribute.method,
    window: evidence.measured,
    sampleSize: found.sampleSize,
    value: found.value,
    interval: found.interval,
  };
  if (found.value === null) {
    return signalOf(evidence, {
      ...base,
      status: 'insufficient-data',
      why: `${base.subject} could not be computed: ${found.why ?? 'too few rows.'}`,
    });
  }
  const stated = evidence.definition.monitoring.fairness.limits[measure];
  const threshold = thresholdOf(measure, stated);
  const status = judged(found, threshold, stated !== undefined);
  const between = `${attribute.attribute} ${found.lowest ?? 'none'} lowest, ${found.highest ?? 'none'} highest`;
  const verdict = stated === undefined ? 'Reported only: no limit was agreed for it.' : `The limit is ${stated}: ${WORDS[status]}.`;
  return signalOf(evidence, {
    ...base,
    threshold,
    status,
    why: `${base.subject} is ${phraseGroupEstimate(found)}; ${between}. ${verdict}`,
  });
}

const WORDS: Readonly<Record<SignalStatus, string>> = {
  alert: 'beyond it for sure',
  warning: 'beyond it, but the interval still reaches it',
  ok: 'kept',
  'insufficient-data': 'not judged',
};

function thresholdOf(measure: FairnessMeasure, stated: number | undefined): Threshold | null {
  const operator = measure === 'selectionRatio' ? '<' : '>';
  if (stated !== undefined) return { operator, level: stated, rule: `monitoring.fairness.limits.${measure} of model.yml` };
  return measure === 'selectionRatio' ? { operator, level: FOUR_FIFTHS, rule: 'four-fifths rule; nobody agreed to it as a limit' } : null;
}

function judged({ value, interval }: Disparity, threshold: Threshold | null, isStated: boolean): SignalStatus {
  if (threshold === null || value === null) return 'ok';
  const { operator, level } = threshold;
  const isBeyond = (figure: number) => (operator === '<' ? figure < level : figure > level);
  const isSure = interval !== null && isBeyond(operator === '<' ? interval.upper : interval.lower);
  if (isStated) return isSure ? 'alert' : isBeyond(value) ? 'warning' : 'ok';
  return isSure ? 'warning' : 'ok';
}
