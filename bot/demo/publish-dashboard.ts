import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import { quiet } from './settle.ts';
import type { World } from './start-world.ts';

const LOG_LINES = 12;

/** Runs dashboard.yml once more, so that the pages show the end of the replay. Returns their address. Throws an OutsideError when the run failed. */
export async function publishDashboard(world: World, asOf: Instant): Promise<string> {
  const { octokit, owner, repo } = world.approver;
  await octokit.rest.actions.createWorkflowDispatch({ owner, repo, workflow_id: 'dashboard.yml', ref: 'main', inputs: { as_of: asOf } });
  await quiet(world);
  const { data } = await octokit.rest.actions.listWorkflowRuns({ owner, repo, workflow_id: 'dashboard.yml', per_page: 1 });
  const [run] = data.workflow_runs;
  if (run?.conclusion === 'success') return world.sandbox.pagesUrl;
  const message = `dashboard.yml ended with ${run?.conclusion ?? 'nothing'}${run === undefined ? '' : `:\n${await endOfLog(world, run.id)}`}`;
  throw new OutsideError({ code: 'DASHBOARD_FAILED', message, hint: 'mend what the log names, and start again', retryable: false });
}

/** The last lines of what the failed job of a run printed. */
async function endOfLog(world: World, runId: number): Promise<string> {
  const { octokit, owner, repo } = world.approver;
  const { data } = await octokit.rest.actions.listJobsForWorkflowRun({ owner, repo, run_id: runId });
  const failed = data.jobs.find(({ conclusion }) => conclusion === 'failure');
  if (failed === undefined) return 'no job of it failed';
  const log = await octokit.rest.actions.downloadJobLogsForWorkflowRun({ owner, repo, job_id: failed.id });
  return String(log.data).trimEnd().split('\n').slice(-LOG_LINES).join('\n');
}
