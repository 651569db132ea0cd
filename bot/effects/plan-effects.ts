import type { GitHubEffect } from './github-effect.ts';
import { intentKey } from './intents.ts';
import { fingerprintOf } from './marker.ts';
import { planIncidentIssues, planNews, planRecoveries } from './plan-incidents.ts';
import type { PlanInput } from './plan-input.ts';
import { planPromotions, planRefusals, planRollbacks, planVerifications } from './plan-outcomes.ts';
import { planRetraining } from './plan-retraining.ts';

/**
 * What must be done on GitHub so that the actual state becomes the desired one: in order, without doubles, and nothing that already
 * stands there. Pure: the same state and facts give the same plan, and a plan that was carried out gives an empty one.
 */
export function planEffects(input: PlanInput): GitHubEffect[] {
  const plan = [
    ...planIncidentIssues(input),
    ...planRetraining(input),
    ...planReplies(input),
    ...planRefusals(input),
    ...planPromotions(input),
    ...planVerifications(input),
    ...planRollbacks(input),
    ...planNews(input),
    ...planRecoveries(input),
  ];
  return withoutDoubles(plan);
}

function planReplies({ replies }: PlanInput): GitHubEffect[] {
  return replies.map(({ comment, number, text }) => {
    const key = intentKey.command(comment);
    return { kind: 'ensure-comment', key, fingerprint: fingerprintOf(text), number, text, settles: key };
  });
}

/** Two effects of one kind and key are one: the first stands. */
function withoutDoubles(effects: readonly GitHubEffect[]): GitHubEffect[] {
  const seen = new Set<string>();
  return effects.filter(({ kind, key }) => {
    const name = `${kind} ${key}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
