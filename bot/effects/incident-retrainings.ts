import type { Digest } from '../../pipelines/core/schema/digest.ts';
import { durationSeconds } from '../../pipelines/core/schema/duration.ts';
import type { Incident } from '../../pipelines/core/schema/incident.ts';
import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import { phraseRefusal } from '../../pipelines/core/views/phrase-refusal.ts';
import type { IncidentRetraining } from '../markdown/incident-issue/incident-facts.ts';
import type { PlanInput } from './plan-input.ts';

/** What became of each retraining that was asked for because of an incident, oldest first. */
export function incidentRetrainings({ id }: Incident, { state, facts }: Pick<PlanInput, 'state' | 'facts'>): IncidentRetraining[] {
  return state.decisions.flatMap((decision): IncidentRetraining[] => {
    if (decision.kind !== 'request-retraining' || !decision.incidents.includes(id)) return [];
    const proposal = state.proposals.find(({ version, at }) => version === decision.spec.version && at === decision.at);
    if (proposal === undefined) return [];
    const { version, at, pullRequest, outcome, abandoned = null, evidence } = proposal;
    const common = { version, askedAt: at, pullRequest };
    if (outcome === 'abandoned') return [{ ...common, outcome, work: abandoned }];
    if (outcome === 'refused') return [{ ...common, outcome, why: refusalOf(evidence, facts) }];
    const promotion = state.promotions.find((one) => one.version === version && one.at >= at);
    return [{ ...common, outcome, mergedAt: promotion?.at ?? null }];
  });
}

/** Until when the policy proposes nothing because of the newest proposal that somebody judged; null when that time is over. */
export function coolingUntil({ definition, state }: Pick<PlanInput, 'definition' | 'state'>): Instant | null {
  const last = state.proposals.findLast(({ outcome }) => outcome !== 'abandoned');
  const now = state.watermark ?? state.windows.at(-1)?.window.end ?? null;
  if (last === undefined || now === null) return null;
  const until = addSeconds(last.at, durationSeconds(definition.retraining.cooldown));
  return until > now ? until : null;
}

function refusalOf(evidence: Digest | null, { verdicts }: PlanInput['facts']): string {
  if (evidence === null) return phraseRefusal(null);
  const verdict = verdicts.get(evidence);
  return verdict === undefined ? 'its gate or a person refused it.' : phraseRefusal(verdict);
}
