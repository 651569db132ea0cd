import { isSnoozed, wantsIssue } from '../../pipelines/core/decisions/wants-issue.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';

/** Keys of `pending`: what was decided, and is not yet done on GitHub. Written before the first call, cleared after the last. */
export const intentKey = {
  incident: (id: string) => `incident/${id}`,
  news: (id: string) => `news/${id}`,
  recovery: (id: string) => `recovery/${id}`,
  promotion: (version: string) => `promotion/${version}`,
  refusal: (version: string) => `refusal/${version}`,
  verification: (decision: string) => `verification/${decision}`,
  rollback: (decision: string) => `rollback/${decision}`,
  command: (comment: number) => `command/${comment}`,
} as const;

/** What a run's decisions leave to be done beyond what the state itself shows. */
export function intentsOf(decisions: readonly Decision[], state: ModelState): string[] {
  const keys: string[] = [];
  for (const decision of decisions) {
    if (decision.kind === 'resolve-incident' && state.issues[decision.incident.id] !== undefined)
      keys.push(intentKey.recovery(decision.incident.id));
    if (decision.kind === 'update-incident' && isNews(decision, state)) keys.push(intentKey.news(decision.incident.id));
    if (decision.kind === 'record-promotion') keys.push(intentKey.promotion(decision.version));
    if (decision.kind === 'verify-promotion') keys.push(intentKey.verification(decision.id));
    if (decision.kind === 'propose-rollback') keys.push(intentKey.rollback(decision.id));
  }
  return keys;
}

/** Whether this run noticed something that people who read the issue should be told. Nothing while it is acknowledged, snoozed or muted: the text of the issue says it all. */
function isNews({ incident, at }: Extract<Decision, { kind: 'update-incident' }>, { incidents, issues }: ModelState): boolean {
  const now = incidents.find(({ id }) => id === incident.id);
  if (now?.news?.at !== at || issues[now.id] === undefined) return false;
  return now.status !== 'muted' && now.acknowledged === undefined && !isSnoozed(now, at);
}

/** Incidents that need an issue and have none (see `wantsIssue`). */
export function unissuedIncidents(state: ModelState, definition: ModelDefinition): string[] {
  const without = state.incidents.filter(({ id }) => state.issues[id] === undefined);
  return without.filter((incident) => wantsIssue(incident, state.incidents, definition)).map(({ id }) => id);
}

/** The state with intents added; those already there keep their nonce. */
export function withIntents(state: ModelState, keys: readonly string[], make: () => { nonce: string; highWater: number }): ModelState {
  const missing = [...new Set(keys)].filter((key) => state.pending[key] === undefined);
  if (missing.length === 0) return state;
  return { ...state, pending: { ...state.pending, ...Object.fromEntries(missing.map((key) => [key, make()])) } };
}
