import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { intentKey } from '../effects/intents.ts';
import type { EffectOutcome } from './effect-outcome.ts';

/** The state with what only the code host knew: numbers and runs; the intent that is fulfilled is cleared. Folding twice changes nothing. */
export function foldOutcome(state: ModelState, outcome: EffectOutcome): ModelState {
  if (outcome.result === 'blocked') return state;
  const settled = outcome.settles === null ? state : withoutIntent(state, outcome.settles);
  switch (outcome.kind) {
    case 'ensure-issue':
      return withIssue(settled, outcome);
    case 'open-retraining':
      return withPull(settled, outcome);
    case 'dispatch-gate':
      return settled.retraining?.version === outcome.subject
        ? { ...settled, retraining: { ...settled.retraining, gateRun: outcome.runId } }
        : settled;
    case 'dispatch-training':
      return settled.retraining?.version === outcome.subject
        ? { ...settled, retraining: { ...settled.retraining, dispatchedRun: outcome.runId ?? settled.retraining.dispatchedRun } }
        : settled;
    default:
      return settled;
  }
}

function withIssue(state: ModelState, { subject, number }: EffectOutcome): ModelState {
  if (subject === null || number === null) return state;
  const known = state.issues[subject] === number ? state : { ...state, issues: { ...state.issues, [subject]: number } };
  return withoutIntent(known, intentKey.incident(subject));
}

function withPull(state: ModelState, { subject, number, runId }: EffectOutcome): ModelState {
  if (state.retraining?.version !== subject) return state;
  const { retraining } = state;
  return {
    ...state,
    retraining: { ...retraining, pullRequest: number ?? retraining.pullRequest, dispatchedRun: runId ?? retraining.dispatchedRun },
    proposals: state.proposals.map((proposal) =>
      proposal.version === subject ? { ...proposal, pullRequest: number ?? proposal.pullRequest } : proposal,
    ),
  };
}

function withoutIntent(state: ModelState, key: string): ModelState {
  if (state.pending[key] === undefined) return state;
  const { [key]: _settled, ...pending } = state.pending;
  return { ...state, pending };
}
