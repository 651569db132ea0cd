import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { AuditDraft } from './audit-chain.ts';

/** Login under which the bot's own decisions stand in the audit trail, in either shell. */
const BOT = 'holdfast';

/** What a run's decisions leave in the audit trail. `state` is the one after them. */
export function auditDrafts(decisions: readonly Decision[], state: ModelState): AuditDraft[] {
  return decisions.flatMap((decision) => draftOf(decision, state));
}

function draftOf(decision: Decision, state: ModelState): AuditDraft[] {
  const base = {
    at: decision.at,
    model: decision.model,
    actor: BOT,
    cause: decision.id,
    because: decision.because.map(({ text }) => text),
    evidence: null,
  };
  switch (decision.kind) {
    case 'open-incident':
      return [{ ...base, action: 'incident-opened', target: `incident ${decision.incident.id}` }];
    case 'resolve-incident':
      return [{ ...base, action: 'incident-resolved', target: `incident ${decision.incident.id}` }];
    case 'update-incident':
      return [];
    case 'request-retraining':
      return [{ ...base, action: 'retraining-requested', target: `version ${decision.spec.version}` }];
    case 'refuse-retraining':
      return [{ ...base, action: 'retraining-refused', target: `model ${decision.model}` }];
    case 'record-promotion': {
      const promotion = state.promotions.findLast(({ version }) => version === decision.version);
      const actor = promotion?.mergedBy ?? BOT;
      return [
        { ...base, actor, action: 'promotion-recorded', target: `version ${decision.version}`, evidence: promotion?.evidence ?? null },
      ];
    }
    case 'verify-promotion':
      return [
        { ...base, action: 'promotion-verified', target: `version ${decision.version}`, because: [...base.because, decision.outcome] },
      ];
    case 'propose-rollback':
      return [{ ...base, action: 'rollback-proposed', target: `version ${decision.to}` }];
  }
}
