import { isOngoing } from '../../pipelines/core/decisions/incident-kinds.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { renderAbandonmentComment } from '../markdown/abandonment-comment/render-abandonment-comment.ts';
import { renderPromotionComment } from '../markdown/promotion-comment/render-promotion-comment.ts';
import { renderRefusalComment } from '../markdown/refusal-comment/render-refusal-comment.ts';
import { renderRollbackPullRequest } from '../markdown/rollback-pull-request/render-rollback-pull-request.ts';
import { renderVerificationComment } from '../markdown/verification-comment/render-verification-comment.ts';
import type { EnsureComment, GitHubEffect } from './github-effect.ts';
import type { RetrainingFacts } from './host-facts.ts';
import { intentKey } from './intents.ts';
import { fingerprintOf } from './marker.ts';
import type { PlanInput } from './plan-input.ts';
import { editPull, requestOf } from './plan-retraining.ts';
import { type RetrainingProgress, retrainingProgress, workProgress } from './retraining-progress.ts';

/** A retraining that was refused, or whose runs could not be finished: its text says so, one comment gives the reason, and the pull request is closed. */
export function planRefusals(input: PlanInput): GitHubEffect[] {
  const { state, facts } = input;
  return state.proposals.flatMap((proposal): GitHubEffect[] => {
    const key = intentKey.refusal(proposal.version);
    const { retraining } = facts;
    if (state.pending[key] === undefined || proposal.pullRequest === null || retraining?.version !== proposal.version) return [];
    const request = state.decisions.find(
      (decision) => decision.kind === 'request-retraining' && decision.spec.version === proposal.version,
    );
    const known = request === undefined ? null : requestOf(state, request.id);
    const ongoing = new Set(state.incidents.filter(isOngoing).map(({ id }) => id));
    const issues = (known?.incidents ?? []).filter((id) => ongoing.has(id)).flatMap((id) => state.issues[id] ?? []);
    const text = endText({ proposal, issues, retraining }, input);
    return [
      ...(known === null || !ENDS.has(retrainingProgress(retraining).at) ? [] : editPull(input, known, retraining)),
      comment({ key, number: proposal.pullRequest, text, settles: null }),
      { kind: 'close-pull', key, fingerprint: 'closed', number: proposal.pullRequest, settles: key },
    ];
  });
}

const ENDS: ReadonlySet<RetrainingProgress['at']> = new Set(['refused', 'abandoned']);

interface EndedRetraining {
  readonly proposal: ModelState['proposals'][number];
  readonly issues: readonly number[];
  readonly retraining: RetrainingFacts;
}

// Told from the state where it can be: what the code host says about an ended retraining may change before it is told.
function endText({ proposal, issues, retraining }: EndedRetraining, { definition, state }: PlanInput): string {
  const { version, abandoned } = proposal;
  const { champion } = state;
  const base = { definition, version, champion, issues };
  if (abandoned !== undefined) {
    const proposals = state.proposals.slice(0, state.proposals.indexOf(proposal) + 1);
    return renderAbandonmentComment({ ...base, work: abandoned, proposals });
  }
  const work = workProgress(retraining);
  return renderRefusalComment({
    ...base,
    problem: work.at === 'refused' ? work.problem : null,
    verdict: retraining.verdict?.verdict ?? null,
    runUrl: retraining.gateRun?.url ?? null,
    requestedAt: proposal.at,
  });
}

/** Names of the tags of a promotion: the version's, and the position's in the line of champions. */
export function promotionTags(state: ModelState, index: number): string[] {
  const promotion = state.promotions[index];
  if (promotion === undefined) return [];
  return [`model/${state.model}@${promotion.version}`, `model/${state.model}#production#${index + 1}`];
}

/** A promotion that was recorded: tags, a comment on its pull request, the dashboard. The first champion was promised to nobody. */
export function planPromotions({ definition, state, facts }: PlanInput): GitHubEffect[] {
  return state.promotions.flatMap((promotion, index): GitHubEffect[] => {
    const key = intentKey.promotion(promotion.version);
    const isLatest = state.promotions.findLastIndex(({ version }) => version === promotion.version) === index;
    if (state.pending[key] === undefined || !isLatest) return [];
    const names = promotionTags(state, index);
    const sha = promotion.mergeSha === 'unknown' ? facts.repository.head : promotion.mergeSha;
    // After a rollback the version's own tag stands already, where it was first promoted.
    const first = state.promotions.findIndex(({ version }) => version === promotion.version) === index;
    const tags = (first ? names : names.slice(1)).map((name) => ({ name, sha }));
    const last = promotion.previous === null;
    const effects: GitHubEffect[] = [{ kind: 'tag-promotion', key, fingerprint: sha, tags, settles: last ? key : null }];
    if (last) return effects;
    const text = renderPromotionComment(promotion, names, definition);
    const told =
      promotion.pullRequest === null ? [] : [comment({ key: `${key}/${index + 1}`, number: promotion.pullRequest, text, settles: null })];
    const workflow = 'dashboard.yml';
    return [
      ...effects,
      ...told,
      { kind: 'dispatch-workflow', key: `dashboard/${key}`, fingerprint: sha, workflow, inputs: {}, settles: key },
    ];
  });
}

/** Promised against observed, on the pull request that promised it. */
export function planVerifications({ state }: PlanInput): GitHubEffect[] {
  return state.decisions.flatMap((decision): GitHubEffect[] => {
    if (decision.kind !== 'verify-promotion') return [];
    const key = intentKey.verification(decision.id);
    const promotion = state.promotions.findLast(({ version }) => version === decision.version);
    if (state.pending[key] === undefined || promotion === undefined || promotion.pullRequest === null) return [];
    const text = renderVerificationComment(decision, decision.model, promotion.previous);
    return [comment({ key: `verification/${decision.version}`, number: promotion.pullRequest, text, settles: key })];
  });
}

/** The way back from a broken promise, as a pull request that changes nothing but deployment.yml. */
export function planRollbacks({ state }: PlanInput): GitHubEffect[] {
  return state.decisions.flatMap((decision): GitHubEffect[] => {
    if (decision.kind !== 'propose-rollback') return [];
    const key = intentKey.rollback(decision.id);
    if (state.pending[key] === undefined) return [];
    const text = renderRollbackPullRequest(decision);
    const { model, to, version } = decision;
    return [
      {
        kind: 'open-rollback',
        key,
        fingerprint: fingerprintOf(text),
        branch: `rollback/${model}`,
        headline: `Put ${model} ${to} back`,
        path: `models/${model}/deployment.yml`,
        file: deploymentYaml({ model, production: to, fallback: version }),
        title: `Roll back ${model}: ${version} → ${to}`,
        text,
        settles: key,
      },
    ];
  });
}

function comment(content: Pick<EnsureComment, 'key' | 'number' | 'text' | 'settles'>): EnsureComment {
  return { kind: 'ensure-comment', fingerprint: fingerprintOf(content.text), ...content };
}

// JSON strings are YAML strings; the names hold nothing that needs them, so they stand bare.
function deploymentYaml(deployment: { readonly model: string; readonly production: string; readonly fallback: string }): string {
  const { model, production, fallback } = deployment;
  return `schemaVersion: 1\nmodel: ${model}\nproduction: ${production}\nfallback: ${fallback}\n`;
}
