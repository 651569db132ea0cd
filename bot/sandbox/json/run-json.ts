import type { Artifact, WorkflowJob, WorkflowRun } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from './account-json.ts';
import { openPullsAt } from './check-json.ts';
import { minimalRepositoryJson } from './repository-json.ts';

export function runJson(world: World, run: WorkflowRun): Json {
  const api = `${repositoryApi(world)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflowPath,
    display_title: run.title,
    run_number: run.runNumber,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.suiteId,
    check_suite_node_id: nodeId('CS', run.suiteId),
    url: api,
    html_url: `${repositoryWeb(world)}/actions/runs/${run.id}`,
    pull_requests: openPullsAt(world, run.headSha),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.createdAt,
    actor: accountJson(world, run.actor),
    triggering_actor: accountJson(world, run.actor),
    jobs_url: `${api}/jobs`,
    logs_url: `${api}/logs`,
    artifacts_url: `${api}/artifacts`,
    cancel_url: `${api}/cancel`,
    rerun_url: `${api}/rerun`,
    check_suite_url: `${repositoryApi(world)}/check-suites/${run.suiteId}`,
    workflow_url: `${repositoryApi(world)}/actions/workflows/${run.workflowId}`,
    previous_attempt_url: null,
    referenced_workflows: [],
    head_commit: null,
    repository: minimalRepositoryJson(world),
    head_repository: minimalRepositoryJson(world),
  };
}

export function jobJson(world: World, job: WorkflowJob): Json {
  const run = world.runs.get(job.runId);
  return {
    id: job.id,
    run_id: job.runId,
    run_url: `${repositoryApi(world)}/actions/runs/${job.runId}`,
    node_id: nodeId('CR', job.checkRunId),
    head_sha: run?.headSha ?? '',
    head_branch: run?.headBranch ?? null,
    workflow_name: run?.name ?? null,
    run_attempt: 1,
    url: `${repositoryApi(world)}/actions/jobs/${job.id}`,
    html_url: `${repositoryWeb(world)}/actions/runs/${job.runId}#job-${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.startedAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: job.steps,
    check_run_url: `${repositoryApi(world)}/check-runs/${job.checkRunId}`,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'host',
    runner_group_id: 1,
    runner_group_name: 'host',
  };
}

export function artifactJson(world: World, artifact: Artifact): Json {
  const api = `${repositoryApi(world)}/actions/artifacts/${artifact.id}`;
  const run = world.runs.get(artifact.runId);
  return {
    id: artifact.id,
    node_id: nodeId('MDg6', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.sizeInBytes,
    url: api,
    archive_download_url: `${api}/zip`,
    expired: false,
    digest: artifact.digest,
    created_at: artifact.createdAt,
    expires_at: new Date(Date.parse(artifact.createdAt) + 90 * 86_400_000).toISOString(),
    updated_at: artifact.createdAt,
    workflow_run: {
      id: artifact.runId,
      repository_id: world.settings.repositoryId,
      head_repository_id: world.settings.repositoryId,
      head_branch: run?.headBranch ?? null,
      head_sha: run?.headSha ?? null,
    },
  };
}
