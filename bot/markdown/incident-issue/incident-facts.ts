import type { BusinessReport } from '../../../pipelines/core/schema/business-report.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { AbandonedWork, OpenRetraining } from '../../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';

/** What the issue of one incident is told from. */
export interface IncidentFacts {
  readonly definition: ModelDefinition;
  readonly incident: Incident;
  readonly champion: string | null;
  /** Newest realised performance with a figure; null when labels are missing. */
  readonly performance: Signal | null;
  readonly business: BusinessReport | null;
  /** The retraining that treats this incident. */
  readonly retraining: OpenRetraining | null;
  /** Newest reason why no retraining was proposed for it. */
  readonly refusal: Extract<Decision, { kind: 'refuse-retraining' }> | null;
  /** The newest retraining for it, when its runs could not be finished. */
  readonly abandonment: { readonly version: string; readonly pullRequest: number | null; readonly work: AbandonedWork } | null;
  /** Id of the decision that opened it, for `holdfast explain`. */
  readonly decision: string | null;
}
