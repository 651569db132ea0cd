import type { Trigger } from '../actions-service.ts';
import { payloadText } from './payload-text.ts';
import type { RunnerHost } from './runner-host.ts';

/** The `github` context of a run, without what only a job knows (token, job, workspace). */
export function githubContext(
  host: RunnerHost,
  trigger: Trigger,
  run: { readonly id: number; readonly name: string; readonly path: string },
) {
  const { owner, name } = host.repository;
  return {
    event: trigger.payload,
    event_name: trigger.event,
    ref: trigger.ref,
    ref_name: trigger.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_type: trigger.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    sha: trigger.sha,
    base_ref: trigger.event === 'pull_request' ? payloadText(trigger.payload, 'pull_request', 'base', 'ref') : '',
    head_ref: trigger.event === 'pull_request' ? payloadText(trigger.payload, 'pull_request', 'head', 'ref') : '',
    repository: `${owner}/${name}`,
    repository_owner: owner,
    actor: trigger.actor,
    triggering_actor: trigger.actor,
    run_id: String(run.id),
    run_number: String(run.id),
    run_attempt: '1',
    workflow: run.name,
    workflow_ref: `${owner}/${name}/${run.path}@${trigger.ref}`,
    workflow_sha: trigger.sha,
    server_url: host.urls.server,
    api_url: host.urls.api,
    graphql_url: host.urls.graphql,
    retention_days: '90',
  };
}
export type GithubContext = ReturnType<typeof githubContext>;
