import type { ObservedFacts, PromotionFacts } from '../../pipelines/core/decisions/observed-facts.ts';
import type { Deployment } from '../../pipelines/core/schema/deployment.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { CodeHost } from '../effects/code-host.ts';
import type { HostFacts } from '../effects/host-facts.ts';
import { retrainingProgress } from '../effects/retraining-progress.ts';

interface Moment {
  readonly state: ModelState;
  readonly facts: HostFacts;
  readonly deployment: Deployment;
  readonly asOf: Instant;
}

/** What people and CI did since the last run, in the words of the policy. */
export async function findObserved(moment: Moment, host: CodeHost): Promise<ObservedFacts> {
  return {
    promotion: await findPromotion(moment, host),
    closedRetraining: await findClosed(moment, host),
    muted: findMuted(moment),
  };
}

/** Issues that a person closed as not planned: a wish to hear no more of it. */
function findMuted({ state, facts }: Moment): string[] {
  return state.incidents
    .filter(({ id, status }) => {
      const number = state.issues[id];
      const issue = number === undefined ? undefined : facts.issues.get(number);
      return status !== 'resolved' && status !== 'muted' && issue?.state === 'closed' && issue.closedAs === 'not_planned';
    })
    .map(({ id }) => id);
}

async function findClosed({ state, facts, deployment }: Moment, host: CodeHost): Promise<ObservedFacts['closedRetraining']> {
  const { retraining } = facts;
  if (retraining === null || state.retraining?.version !== retraining.version) return null;
  const progress = retrainingProgress(retraining);
  const { at } = progress;
  const closed = {
    version: retraining.version,
    pullRequest: retraining.pull?.number ?? null,
    evidence: retraining.verdict?.verdict?.evidenceDigest ?? null,
  };
  if (progress.at === 'abandoned') {
    const { problem, run } = progress;
    return { ...closed, evidence: null, abandoned: { problem, run } };
  }
  if (at === 'refused' || at === 'closed') return closed;
  if (at !== 'merged' || deployment.production === retraining.version) return null;
  // Merged, but the deployment that we read names another version: either we read too early, or the merge left deployment.yml alone.
  const mergeSha = retraining.pull?.mergeSha ?? null;
  return mergeSha !== null && (await host.isContained(mergeSha, facts.repository.head)) ? closed : null;
}

async function findPromotion({ state, facts, deployment, asOf }: Moment, host: CodeHost): Promise<PromotionFacts | null> {
  const { production: version } = deployment;
  if (version === state.champion) return null;
  const { retraining } = facts;
  if (retraining?.version === version && retraining.pull?.merged === true) {
    const { number, mergeSha, mergedBy } = retraining.pull;
    const evidence = retraining.verdict?.verdict?.evidenceDigest ?? null;
    return {
      version,
      pullRequest: number,
      mergeSha: mergeSha ?? facts.repository.head,
      mergedBy: mergedBy ?? 'unknown',
      promotedAt: asOf,
      evidence,
    };
  }
  const commit = await host.lastCommitOf(`models/${deployment.model}/deployment.yml`);
  const pull = commit === null ? null : await host.pullOfCommit(commit.sha);
  return {
    version,
    pullRequest: pull?.number ?? null,
    mergeSha: commit?.sha ?? facts.repository.head,
    mergedBy: pull?.mergedBy ?? commit?.author ?? 'unknown',
    promotedAt: asOf,
    evidence: null,
  };
}
