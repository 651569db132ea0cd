import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, Disparity } from '../schema/group-report.ts';
import { FAIRNESS_WORDS, fairnessDigits, phraseGroupEstimate } from '../schema/phrase-group.ts';
import { phraseCount, phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { Signal, SignalStatus, Threshold } from '../schema/signal.ts';
import { signalOf } from '../signals/signal-of.ts';
import { phraseLeftOut } from './left-out-groups.ts';
import { type LimitStanding, limitSide, limitStanding } from './limit-standing.ts';
import type { PartEvidence } from './part-signals.ts';

/** The ratio that US enforcement agencies take for evidence of adverse impact: 29 CFR 1607.4 D. */
const FOUR_FIFTHS = 0.8;

/** For each protected column a statement about each distance between its groups, and one about the groups that are too small to be compared. */
export function fairnessSignals(evidence: PartEvidence, attributes: readonly AttributeReport[]): Signal[] {
  return attributes.flatMap((attribute) => {
    if (attribute.disparities.length === 0) return [unmeasured(evidence, attribute)];
    const distances = attribute.disparities.map(({ measure, challenger }) =>
      distanceSignal(evidence, { attribute, measure, found: challenger }),
    );
    return [...distances, ...smallGroups(evidence, attribute)];
  });
}

function unmeasured(evidence: PartEvidence, { attribute, method, why }: AttributeReport): Signal {
  return signalOf(evidence, {
    kind: 'fairness',
    subject: `groups of ${attribute}`,
    method,
    window: evidence.measured,
    sampleSize: 0,
    status: 'insufficient-data',
    why: `Groups of ${attribute} were not compared: ${why ?? 'too few rows.'}`,
  });
}

/** A group that is left out is no group that is treated well. */
function smallGroups(evidence: PartEvidence, { attribute, method, small = [], foldedRows }: AttributeReport): Signal[] {
  if (small.length === 0) return [];
  const named = small.map(({ name, rows }) => `${name} (${phraseQuantity(rows, 'row')})`).join(', ');
  const { minimumRows } = evidence.definition.monitoring.fairness;
  return [
    signalOf(evidence, {
      kind: 'fairness',
      subject: `small groups of ${attribute}`,
      method,
      window: evidence.measured,
      sampleSize: foldedRows,
      status: 'insufficient-data',
      why: `Not compared, with fewer than ${phraseCount(minimumRows)} rows: ${attribute} ${named}. ${phraseQuantity(foldedRows, 'row')} ${phraseVerb(foldedRows, 'is', 'are')} left out in all.`,
    }),
  ];
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
  const status = threshold === null ? 'ok' : judged(limitStanding(measure, found, threshold.level), stated !== undefined);
  const where = found.class === undefined ? '' : `class ${found.class}, `;
  const between = `${where}${attribute.attribute} ${found.lowest ?? 'none'} lowest, ${found.highest ?? 'none'} highest`;
  const leftOut = phraseLeftOut(attribute, measure, evidence.definition.privacy.minimumCount);
  const verdict = stated === undefined ? 'Reported only: no limit was agreed for it.' : `The limit is ${stated}: ${WORDS[status]}.`;
  return signalOf(evidence, {
    ...base,
    threshold,
    status,
    why: `${base.subject} is ${phraseGroupEstimate(found, fairnessDigits(measure, found.value))}; ${between}. ${verdict}${leftOut}`,
  });
}

const WORDS: Readonly<Record<SignalStatus, string>> = {
  alert: 'beyond it for sure',
  warning: 'beyond it, but the interval still reaches it',
  ok: 'kept',
  'insufficient-data': 'not judged',
};

function thresholdOf(measure: FairnessMeasure, stated: number | undefined): Threshold | null {
  const operator = limitSide(measure);
  if (stated !== undefined) return { operator, level: stated, rule: `monitoring.fairness.limits.${measure} of model.yml` };
  return measure === 'selectionRatio' ? { operator, level: FOUR_FIFTHS, rule: 'four-fifths rule; nobody agreed to it as a limit' } : null;
}

function judged(standing: LimitStanding, isStated: boolean): SignalStatus {
  if (standing === 'kept') return 'ok';
  const isSure = standing === 'beyond for sure';
  if (isStated) return isSure ? 'alert' : 'warning';
  return isSure ? 'warning' : 'ok';
}
