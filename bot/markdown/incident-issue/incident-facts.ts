import type { BusinessReport } from '../../../pipelines/core/schema/business-report.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import type { Instant } from '../../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { AbandonedWork, OpenRetraining } from '../../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import type { EstimateRecord } from '../../../pipelines/core/signals/estimate-record.ts';
import type { IncidentStretch } from '../../../pipelines/core/views/incident-stretches.ts';

/** What the issue of one incident is told from. */
export interface IncidentFacts {
  readonly definition: ModelDefinition;
  readonly incident: Incident;
  readonly champion: string | null;
  /** Newest realised performance with a figure; null when labels are missing. */
  readonly performance: Signal | null;
  /** Where the model errs most, as far as slices were looked for in the newest window. */
  readonly slices?: Signal | null;
  readonly business: BusinessReport | null;
  /** The retraining that treats this incident. */
  readonly retraining: OpenRetraining | null;
  /** Newest reason why no retraining was proposed for it. */
  readonly refusal: Extract<Decision, { kind: 'refuse-retraining' }> | null;
  /** Every retraining that was asked for because of it, oldest first. */
  readonly retrainings: readonly IncidentRetraining[];
  /** Until when the policy proposes nothing; null when no cooldown runs. */
  readonly coolingUntil: Instant | null;
  /** When it was open, oldest first. */
  readonly stretches: readonly IncidentStretch[];
  /** How estimates of the main metric fared once labels were in. */
  readonly estimates: EstimateRecord;
  /** Id of the decision that opened it, for `holdfast explain`. */
  readonly decision: string | null;
  /** The moment that the text is written for; left out: nothing is snoozed. */
  readonly now?: Instant;
  /** On harm: the incidents of moved inputs that go on and may be its cause. */
  readonly causes?: readonly RelatedIncident[];
  /** On moved inputs: the harm that goes on. */
  readonly harm?: readonly RelatedIncident[];
  /** Issue of the incident that goes on in the place of one that was gathered; null: it has none. */
  readonly successor?: number | null;
}

/** Another incident of the model, and its issue. */
export interface RelatedIncident {
  readonly incident: Incident;
  readonly number: number | null;
}

interface AskedRetraining {
  readonly version: string;
  readonly askedAt: Instant;
  readonly pullRequest: number | null;
}

/** What became of one retraining. `why`: in words, from the gate's verdict. */
export type IncidentRetraining = AskedRetraining &
  (
    | { readonly outcome: 'open' | 'promoted'; readonly mergedAt: Instant | null }
    | { readonly outcome: 'refused'; readonly why: string }
    | { readonly outcome: 'abandoned'; readonly work: AbandonedWork | null }
  );
