import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import { quiet } from './settle.ts';
import type { World } from './start-world.ts';

/** Runs dashboard.yml once more, so that the pages show the end of the replay. Returns their address. Throws an OutsideError when the run failed. */
export async function publishDashboard(world: World, asOf: Instant): Promise<string> {
  const { octokit, owner, repo } = world.approver;
  await octokit.rest.actions.createWorkflowDispatch({ owner, repo, workflow_id: 'dashboard.yml', ref: 'main', inputs: { as_of: asOf } });
  await quiet(world);
  const { data } = await octokit.rest.actions.listWorkflowRuns({ owner, repo, workflow_id: 'dashboard.yml', per_page: 1 });
  const [run] = data.workflow_runs;
  if (run?.conclusion === 'success') return world.sandbox.pagesUrl;
  const where = run === undefined ? 'no run was started' : run.html_url;
  throw new OutsideError({
    code: 'DASHBOARD_FAILED',
    message: `dashboard.yml ended with ${run?.conclusion ?? 'nothing'}`,
    hint: `read its log: ${where}`,
    retryable: false,
  });
}
