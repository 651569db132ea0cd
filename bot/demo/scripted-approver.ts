import type { Octokit } from '@octokit/rest';

/** What the approver did to one pull request. */
export interface ApproverAct {
  readonly pullRequest: number;
  readonly headSha: string;
  readonly act: 'merged' | 'refused';
  readonly reason: string;
}

/** The repository, and the approver's own client: never the bot's. */
export interface Approver {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
}

/** An open pull request of the bot whose required check is green at its head. */
export interface GreenPullRequest {
  readonly number: number;
  readonly headSha: string;
}

/** The open pull requests of the bot that a person may merge now. */
export async function greenPullRequests(approver: Approver, bot: string): Promise<readonly GreenPullRequest[]> {
  const { octokit, owner, repo } = approver;
  const { data: open } = await octokit.rest.pulls.list({ owner, repo, state: 'open' });
  const green: GreenPullRequest[] = [];
  for (const pull of open.filter((each) => each.user?.login === bot && !each.draft)) {
    if (await isGreen(approver, pull.head.sha)) green.push({ number: pull.number, headSha: pull.head.sha });
  }
  return green;
}

/**
 * Plays the person who approves: approves and merges every pull request of the bot that is green. Uses nothing but REST; branch protection refuses where
 * this looks too kindly.
 */
export async function approveGreenPullRequests(approver: Approver, bot: string): Promise<readonly ApproverAct[]> {
  const { octokit, owner, repo } = approver;
  const acts: ApproverAct[] = [];
  for (const { number, headSha } of await greenPullRequests(approver, bot)) {
    const body = 'The gate is green and the evidence is in order.';
    await octokit.rest.pulls.createReview({ owner, repo, pull_number: number, commit_id: headSha, event: 'APPROVE', body });
    acts.push(await merge(approver, number, headSha));
  }
  return acts;
}

async function isGreen(approver: Approver, sha: string): Promise<boolean> {
  const { owner, repo } = approver;
  const { data } = await approver.octokit.rest.checks.listForRef({ owner, repo, ref: sha, check_name: 'gate', filter: 'latest' });
  return data.check_runs.some((run) => run.conclusion === 'success');
}

async function merge(approver: Approver, pullRequest: number, headSha: string): Promise<ApproverAct> {
  const { octokit, owner, repo } = approver;
  try {
    await octokit.rest.pulls.merge({ owner, repo, pull_number: pullRequest, sha: headSha, merge_method: 'squash' });
    return { pullRequest, headSha, act: 'merged', reason: 'gate green, approved' };
  } catch (error) {
    return { pullRequest, headSha, act: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}
