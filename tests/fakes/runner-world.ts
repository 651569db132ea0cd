import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Trigger } from '../../bot/sandbox/actions-service.ts';
import { type HostRunner, type HostRunnerOptions, startHostRunner } from '../../bot/sandbox/runner/start-host-runner.ts';
import { type FakeActionsService, type FakeJob, fakeActionsService } from './fake-actions-service.ts';
import { startFakeGitServer } from './fake-git-server.ts';

type Content = string | Uint8Array;

/** A repository with workflow files, a service that keeps what happens, and the real runner between them. */
export interface RunnerWorld {
  readonly service: FakeActionsService;
  readonly runner: HostRunner;
  readonly bareFolder: string;
  readonly lines: readonly string[];
  /** Commits files (null deletes) onto a branch and triggers the push. Resolves when the runner is idle. */
  push(files: Readonly<Record<string, Content | null>>, branch?: string): Promise<string>;
  dispatch(workflow: string, inputs?: Readonly<Record<string, string>>): Promise<void>;
  trigger(trigger: Partial<Trigger>): Promise<void>;
  git(...given: readonly string[]): string;
  /** The last job of this name. */
  job(name: string): FakeJob;
  close(): Promise<void>;
}

export const ZERO = '0'.repeat(40);

function git(folder: string, given: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...given], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function accessOf(service: FakeActionsService): (token: string) => 'read' | 'write' | null {
  return (token) => {
    const known = service.tokens.get(token);
    const level = known?.valid === true ? known.permissions.contents : undefined;
    return level === 'read' || level === 'write' ? level : null;
  };
}

/** Starts a world with these files on main. Nothing is triggered by them. */
export async function startRunnerWorld(
  files: Readonly<Record<string, Content>>,
  options: Partial<HostRunnerOptions> & { readonly variables?: Readonly<Record<string, string>> } = {},
): Promise<RunnerWorld> {
  const root = mkdtempSync(join(tmpdir(), 'runner-world-'));
  const bareFolder = join(root, 'git', 'acme', 'shop.git');
  const clone = join(root, 'clone');
  mkdirSync(bareFolder, { recursive: true });
  mkdirSync(clone);
  git(bareFolder, ['init', '--bare', '--quiet']);
  git(bareFolder, ['config', 'http.receivepack', 'true']);
  git(clone, ['init', '--quiet']);
  const service = fakeActionsService(root, options.variables);
  const server = await startFakeGitServer(join(root, 'git'), accessOf(service));
  const lines: string[] = [];
  const runner = await startHostRunner({
    installedModules: resolve(import.meta.dirname, '../../node_modules'),
    log: (line) => lines.push(line),
    ...options,
    sandbox: {
      actions: service,
      url: server.url,
      apiUrl: `${server.url}/api/v3`,
      repositoryUrl: `${server.url}/acme/shop`,
      pagesUrl: `${server.url}/pages/acme/shop/`,
      repositoryPath: bareFolder,
    },
  });
  const commit = (changes: Readonly<Record<string, Content | null>>, branch: string): string => {
    for (const [path, content] of Object.entries(changes)) {
      mkdirSync(dirname(join(clone, path)), { recursive: true });
      if (content === null) rmSync(join(clone, path));
      else writeFileSync(join(clone, path), content);
    }
    git(clone, ['add', '--all']);
    git(clone, ['commit', '--quiet', '--allow-empty', '--message', 'change']);
    git(clone, ['push', '--quiet', '--force', bareFolder, `HEAD:refs/heads/${branch}`]);
    return git(clone, ['rev-parse', 'HEAD']);
  };
  commit(files, 'main');
  const tip = () => git(bareFolder, ['rev-parse', 'refs/heads/main']);
  const repository = { name: 'shop', full_name: 'acme/shop', default_branch: 'main' };
  const trigger = async (given: Partial<Trigger>) => {
    const blank = { event: 'push', action: null, ref: 'refs/heads/main', sha: tip(), workflowPath: null, inputs: {} } as const;
    const rest = { payload: { repository }, actor: 'ada', runId: null, approvalRequired: false } as const;
    service.trigger({ ...blank, ...rest, ...given });
    await runner.idle();
  };
  return {
    service,
    runner,
    bareFolder,
    lines,
    trigger,
    git: (...given) => git(bareFolder, given),
    job: (name) => {
      const found = service.jobs.findLast((job) => job.name === name);
      if (found === undefined) throw new Error(`no job ${name}; there are: ${service.jobs.map((job) => job.name).join(', ')}`);
      return found;
    },
    async push(changes, branch = 'main') {
      const before = git(bareFolder, ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]) || ZERO;
      const after = commit(changes, branch);
      await trigger({ ref: `refs/heads/${branch}`, sha: after, payload: { before, after, repository } });
      return after;
    },
    async dispatch(workflow, inputs = {}) {
      const workflowPath = `.github/workflows/${workflow}`;
      await trigger({ event: 'workflow_dispatch', workflowPath, inputs, payload: { inputs, repository } });
    },
    async close() {
      await runner.close();
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
