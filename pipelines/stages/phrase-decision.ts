import { incidentName } from '../core/decisions/because.ts';
import { REMEDY } from '../core/decisions/weigh-remedy.ts';
import type { Decision } from '../core/schema/decision.ts';
import type { MetricEstimate } from '../core/schema/metric.ts';
import { metricDigits, metricName } from '../core/schema/phrase-metric.ts';
import { phraseNumber } from '../core/schema/phrase-number.ts';
import { OUTCOME_WORDS } from '../core/views/incident-timeline.ts';

/** What was decided, in words; updates of incidents are no news. */
export function phraseDecision(decision: Decision): string[] {
  switch (decision.kind) {
    case 'open-incident':
      return [`incident opened: ${incidentName(decision.incident)} (${decision.incident.severity})`];
    case 'update-incident':
      return [];
    case 'resolve-incident':
      return [`incident resolved: ${incidentName(decision.incident)}`];
    case 'request-retraining':
      return [`${decision.spec.recalibrate === undefined ? 'retraining' : 'recalibration'} requested: ${decision.spec.version}`];
    case 'refuse-retraining':
      return [`no retraining: ${decision.reason}`];
    case 'record-promotion':
      return [`promoted: ${decision.version} after ${decision.previous ?? 'nothing'}`];
    case 'verify-promotion':
      return [
        `promise of ${decision.version} ${OUTCOME_WORDS[decision.outcome]}: ${metricName(decision.promised.metric)} promised ${text(decision.promised)}, observed ${text(decision.observed)}`,
        ...decision.because.filter(({ ref }) => ref === REMEDY).map((because) => `  ${because.text}`),
      ];
    case 'propose-rollback':
      return [`rollback proposed: ${decision.version} to ${decision.to}`];
  }
}

function text({ metric, value }: MetricEstimate): string {
  return value === null ? 'nothing' : phraseNumber(value, metricDigits(metric, value));
}
