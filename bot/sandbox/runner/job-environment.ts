import { join } from 'node:path';
import type { GithubContext } from './github-context.ts';
import type { JobFolders } from './job-folders.ts';

const CONTEXT_VARIABLES = [
  'event_name',
  'ref',
  'ref_name',
  'ref_type',
  'sha',
  'base_ref',
  'head_ref',
  'repository',
  'repository_owner',
  'actor',
  'triggering_actor',
  'run_id',
  'run_number',
  'run_attempt',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'server_url',
  'api_url',
  'graphql_url',
] as const satisfies readonly (keyof GithubContext)[];

/** One job of a run, and where it works. */
export interface JobPlace {
  readonly github: GithubContext;
  readonly jobId: string;
  readonly folders: JobFolders;
  readonly toolCache: string;
}

/** The `runner` context; RUNNER_* holds the same. */
export function runnerContext(folders: JobFolders, toolCache: string): Readonly<Record<string, string>> {
  return {
    os: process.platform === 'darwin' ? 'macOS' : 'Linux',
    arch: process.arch.toUpperCase(),
    name: 'host',
    environment: 'self-hosted',
    temp: folders.temporary,
    tool_cache: toolCache,
  };
}

/**
 * The whole environment that every step of a job starts from, except PATH. No variable of the host is in it, and no token: a step
 * gets that only where the workflow hands it over.
 */
export function jobEnvironment(job: JobPlace): Readonly<Record<string, string>> {
  const { github, jobId, folders, toolCache } = job;
  return {
    ...Object.fromEntries(CONTEXT_VARIABLES.map((name) => [`GITHUB_${name.toUpperCase()}`, github[name]])),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_JOB: jobId,
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_EVENT_PATH: join(folders.temporary, 'event.json'),
    ...Object.fromEntries(
      Object.entries(runnerContext(folders, toolCache)).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value]),
    ),
    HOME: folders.home,
    TMPDIR: folders.temporary,
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // Speed only: compiled code is kept from job to job. No job needs it.
    NODE_COMPILE_CACHE: join(toolCache, 'node'),
    npm_config_update_notifier: 'false',
  };
}
