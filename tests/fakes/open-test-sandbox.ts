import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { Sandbox } from '../../bot/sandbox/sandbox.ts';
import { startSandbox } from '../../bot/sandbox/start-sandbox.ts';
import type { SandboxOptions } from '../../bot/sandbox/store/options.ts';

const run = promisify(execFile);

export const WEBHOOK_SECRET = 'a webhook secret of more than 32 bytes';
export const REPOSITORY = { owner: 'acme', repo: 'models' } as const;

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Models\n',
  'models/a/model.yml': 'name: a\n',
  '.github/workflows/gate.yml':
    'name: gate\non:\n  pull_request:\n  workflow_dispatch:\n    inputs:\n      pr: { required: true, type: string }\n      mode: { type: choice, options: [fast, full], default: fast }\njobs: {}\n',
  '.github/workflows/ci.yml': 'name: ci\non: [push]\njobs: {}\n',
};

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** octokit as the App's installation. */
  readonly bot: Octokit;
  as(login: string): Octokit;
  withToken(token: string): Octokit;
  git(folder: string, ...args: readonly string[]): Promise<string>;
  /** Address to clone from with a token in it. */
  remote(token: string): string;
  /** A branch from main with one file more, made by the bot. Returns its head. */
  branch(name: string, files: Readonly<Record<string, string>>): Promise<string>;
  close(): Promise<void>;
}

/** A sandbox with one repository, an approver, a reader, an admin and the App, in a temporary folder. */
export async function openTestSandbox(change: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const seed = join(folder, 'seed');
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(seed, path)), { recursive: true });
    writeFileSync(join(seed, path), text);
  }
  const sandbox = await startSandbox({
    root: join(folder, 'root'),
    users: [
      { login: 'approver', type: 'User', role: 'maintain' },
      { login: 'reader', type: 'User', role: 'read' },
      { login: 'boss', type: 'User', role: 'admin' },
    ],
    app: { id: 4711, slug: 'holdfast', webhookSecret: WEBHOOK_SECRET },
    repository: { owner: 'acme', name: 'models', seedFrom: seed },
    protection: { branch: 'main', requiredChecks: ['gate'], requiredApprovals: 1 },
    variables: { DATA: 'here' },
    ...change,
  });
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const withToken = (token: string) => new Octokit({ baseUrl: sandbox.apiUrl, auth: token, log: quiet });
  const auth = { appId: sandbox.appId, privateKey: sandbox.privateKey, installationId: sandbox.installationId };
  const bot = new Octokit({ baseUrl: sandbox.apiUrl, authStrategy: createAppAuth, auth, log: quiet });
  return {
    sandbox,
    folder,
    bot,
    withToken,
    as: (login) => withToken(sandbox.tokenFor(login)),
    git: (where, ...args) => git(where, args),
    remote: (token) => sandbox.gitUrl.replace('http://', `http://x-access-token:${token}@`),
    branch: (name, files) => branch(bot, name, files),
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function headOf(octokit: Octokit, branchName: string): Promise<string> {
  const { data } = await octokit.rest.git.getRef({ ...REPOSITORY, ref: `heads/${branchName}` });
  return data.object.sha;
}

/** What a call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call;
  } catch (problem) {
    const { status, message } = problem as { status: number; message: string };
    return { status, message };
  }
  throw new Error('the call was expected to be refused');
}

export const COMMIT_MUTATION = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } ref { name target { ... on Commit { oid message } } } }
}`;

export function commitInput(branchName: string, expectedHeadOid: string, files: Readonly<Record<string, string>>) {
  const additions = Object.entries(files).map(([path, text]) => ({ path, contents: Buffer.from(text).toString('base64') }));
  return {
    input: {
      branch: { repositoryNameWithOwner: 'acme/models', branchName },
      expectedHeadOid,
      message: { headline: `Write ${additions.length}` },
      fileChanges: { additions },
    },
  };
}

async function branch(bot: Octokit, name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const main = await headOf(bot, 'main');
  await bot.rest.git.createRef({ ...REPOSITORY, ref: `refs/heads/${name}`, sha: main });
  const answer = await bot.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(COMMIT_MUTATION, commitInput(name, main, files));
  return answer.createCommitOnBranch.commit.oid;
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', '-c', 'init.defaultBranch=main'];
  const { stdout } = await run('git', ['-C', folder, ...identity, ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_TERMINAL_PROMPT: '0' },
  });
  return stdout.trim();
}
