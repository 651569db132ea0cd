import type { Decision } from '../schema/decision.ts';
import type { GateVerdict } from '../schema/gate-verdict.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import { OUTCOME_WORDS } from './incident-timeline.ts';
import { phraseBetween, phraseDay } from './phrase-instant.ts';
import { commitUrl, pullRequestUrl } from './repository-links.ts';
import type { ModelSource, SiteSource } from './site-source.ts';

export type Proposal = ModelState['proposals'][number];
export type Verification = Extract<Decision, { kind: 'verify-promotion' }>;

export interface DecisionStep {
  readonly at: Instant;
  readonly what: string;
  readonly after: string | null;
  readonly url: string | null;
}

interface TrailSource {
  readonly proposal: Proposal;
  readonly verdict: GateVerdict | null;
  readonly verification: Verification | null;
  readonly model: ModelSource;
  readonly site: SiteSource;
}

/** What happened to a proposal, oldest first, with the time between the steps. */
export function decisionTrail({ proposal, verdict, verification, model, site }: TrailSource): DecisionStep[] {
  const promotion = model.state?.promotions.find((candidate) => candidate.version === proposal.version && candidate.at >= proposal.at);
  const closed = site.events.find(
    (event) => event.action === 'retraining-closed' && event.model === model.definition.name && event.at >= proposal.at,
  );
  const steps: Omit<DecisionStep, 'after'>[] = [
    { at: proposal.at, what: 'Proposed by the policy', url: pullRequestUrl(site.repositoryUrl, proposal.pullRequest) },
  ];
  if (verdict !== null) steps.push({ at: verdict.judgedAt, what: `Gate: ${verdict.verdict}`, url: null });
  if (proposal.outcome === 'promoted' && promotion !== undefined) {
    steps.push({
      at: promotion.at,
      what: `Approved and merged by ${promotion.mergedBy}`,
      url: commitUrl(site.repositoryUrl, promotion.mergeSha),
    });
  }
  if ((proposal.outcome === 'refused' || proposal.outcome === 'abandoned') && closed !== undefined)
    steps.push({ at: closed.at, what: 'Pull request closed', url: null });
  if (verification !== null)
    steps.push({ at: verification.at, what: `Promise ${OUTCOME_WORDS[verification.outcome]} (${phraseDay(verification.at)})`, url: null });
  return steps
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map((step, index, all) => {
      const before = all[index - 1];
      return { ...step, after: before === undefined ? null : `${phraseBetween(before.at, step.at)} later` };
    });
}
