import type { Trigger } from '../actions-service.ts';
import { readRef } from './read-bare-repository.ts';
import type { RunnerHost } from './runner-host.ts';

/** What GitHub's timer raises: the workflow file of the default branch, at its tip. */
export async function scheduleTrigger(host: RunnerHost, workflowFile: string): Promise<Trigger> {
  const { owner, name, bareFolder, defaultBranch } = host.repository;
  const ref = `refs/heads/${defaultBranch}`;
  return {
    event: 'schedule',
    action: null,
    ref,
    sha: await readRef(bareFolder, ref),
    workflowPath: `.github/workflows/${workflowFile}`,
    inputs: {},
    payload: { repository: { name, full_name: `${owner}/${name}`, default_branch: defaultBranch, owner: { login: owner } } },
    actor: owner,
    runId: null,
    approvalRequired: false,
  };
}
