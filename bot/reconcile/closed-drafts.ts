import type { DecisionInput } from '../../pipelines/core/decisions/decision-input.ts';
import type { ClosedRetraining } from '../../pipelines/core/decisions/observed-facts.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import type { AuditDraft } from '../effects/audit-chain.ts';

/** The audit trail's line about a retraining that ended without a promotion. */
export function closedDrafts({ definition, state, observed }: DecisionInput, at: Instant): AuditDraft[] {
  const closed = observed?.closedRetraining ?? null;
  if (closed === null || state.retraining?.version !== closed.version) return [];
  return [
    {
      at,
      model: definition.name,
      actor: 'holdfast',
      action: 'retraining-closed',
      target: closed.pullRequest === null ? `version ${closed.version}` : `pull request ${closed.pullRequest}`,
      cause: state.retraining.decision,
      because: [reasonOf(closed)],
      evidence: closed.evidence,
    },
  ];
}

function reasonOf({ abandoned, evidence }: ClosedRetraining): string {
  if (abandoned !== undefined) return `abandoned, not judged: ${abandoned.problem}`;
  return evidence === null ? 'closed without a verdict' : 'the gate did not pass, or a person closed it';
}
