import type { CheckRun, CheckSuite, CommitStatus } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from './account-json.ts';
import { headCommitJson } from './pushed-commit-json.ts';
import { appJson, minimalRepositoryJson } from './repository-json.ts';

export function checkJson(world: World, check: CheckRun): Json {
  const api = `${repositoryApi(world)}/check-runs/${check.id}`;
  const { output } = check;
  return {
    id: check.id,
    node_id: nodeId('CR', check.id),
    name: check.name,
    head_sha: check.headSha,
    external_id: check.externalId,
    url: api,
    html_url: `${repositoryWeb(world)}/checks/${check.id}`,
    details_url: check.detailsUrl ?? `${repositoryWeb(world)}/checks/${check.id}`,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: output.title,
      summary: output.summary,
      text: output.text,
      annotations_count: output.annotations.length,
      annotations_url: `${api}/annotations`,
    },
    check_suite: { id: check.suiteId },
    app: appJson(world, check.app),
    pull_requests: openPullsAt(world, check.headSha),
  };
}

/** `check-suite`. Which commit stood before is not kept. */
export async function suiteJson(world: World, suite: CheckSuite): Promise<Json> {
  const runs = world.checks.filter((check) => check.suiteId === suite.id);
  const completed = runs.length > 0 && runs.every((check) => check.status === 'completed');
  const bad = runs.find((check) => check.conclusion !== 'success' && check.conclusion !== 'skipped' && check.conclusion !== 'neutral');
  const pull = world.pulls.find((one) => one.headSha === suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: pull?.headRef ?? null,
    head_sha: suite.headSha,
    status: completed ? 'completed' : runs.length > 0 ? 'in_progress' : 'queued',
    conclusion: completed ? (bad?.conclusion ?? 'success') : null,
    url: `${repositoryApi(world)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    app: appJson(world, suite.app),
    pull_requests: openPullsAt(world, suite.headSha),
    repository: minimalRepositoryJson(world),
    head_commit: await headCommitJson(world, suite.headSha),
    latest_check_runs_count: runs.length,
    check_runs_url: `${repositoryApi(world)}/check-suites/${suite.id}/check-runs`,
    created_at: world.settings.createdAt,
    updated_at: world.settings.createdAt,
  };
}

/** The short form of pull requests inside checks and runs. */
export function openPullsAt(world: World, sha: string): readonly Json[] {
  const pulls = world.pulls.filter((pull) => pull.headSha === sha && pull.mergedAt === null);
  const repo = { id: world.settings.repositoryId, url: repositoryApi(world), name: world.settings.name };
  return pulls.map((pull) => ({
    id: pull.id,
    number: pull.number,
    url: `${repositoryApi(world)}/pulls/${pull.number}`,
    head: { ref: pull.headRef, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  }));
}

/** `status`. */
export function statusJson(world: World, status: CommitStatus): Json {
  return { ...simpleStatusJson(world, status), creator: accountJson(world, status.creator) };
}

/** `simple-commit-status`: without its creator. */
export function simpleStatusJson(world: World, status: CommitStatus): Json {
  return {
    id: status.id,
    node_id: nodeId('SC', status.id),
    url: `${repositoryApi(world)}/statuses/${status.sha}`,
    avatar_url: null,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}
