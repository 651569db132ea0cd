// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostRunner, startHostRunner } from '../../../../bot/sandbox/runner/start-host-runner.ts';
import type { Sandbox } from '../../../../bot/sandbox/sandbox.ts';
import { startSandbox } from '../../../../bot/sandbox/start-sandbox.ts';

const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd';
const UPLOAD = 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f';

const CURL = `curl -s -o /dev/null -w 'issue: %{http_code}\\n' -H "Authorization: Bearer $TOKEN" -d '{"title":"t"}' "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues"`;
const FILES: Readonly<Record<string, string>> = {
  'file.txt': 'one\n',
  '.github/workflows/gate.yml': `name: gate
on: { pull_request: { types: [opened, synchronize] } }
permissions: {}
jobs:
  gate:
    runs-on: x
    permissions: { contents: read }
    steps:
      - { uses: ${CHECKOUT}, with: { ref: '\${{ github.event.pull_request.head.sha }}' } }
      - run: cat file.txt && grep -q good file.txt
`,
  '.github/workflows/rights.yml': `name: rights
run-name: rights \${{ inputs.key }}
on: { workflow_dispatch: { inputs: { key: { type: string } } } }
permissions: {}
jobs:
  read: { runs-on: x, permissions: { issues: read }, steps: [{ env: { TOKEN: '\${{ github.token }}' }, run: '${CURL.replaceAll("'", "''")}' }] }
  write: { runs-on: x, permissions: { issues: write }, steps: [{ env: { TOKEN: '\${{ github.token }}' }, run: '${CURL.replaceAll("'", "''")}' }] }
  keep: { runs-on: x, steps: [{ run: 'echo kept > kept.txt' }, { uses: ${UPLOAD}, with: { name: kept, path: kept.txt } }] }
`,
  '.github/workflows/push.yml': `name: push
on: workflow_dispatch
permissions: {}
jobs:
  push:
    runs-on: x
    permissions: { contents: write }
    steps:
      - { uses: ${CHECKOUT} }
      - run: |
          git checkout -q -b made
          git -c user.name=a -c user.email=a@b.c commit -q --allow-empty -m made
          git push -q origin HEAD:refs/heads/made
`,
};

let root = '';
let sandbox: Sandbox;
let runner: HostRunner;
const lines: string[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'on-the-sandbox-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, 'seed', path)), { recursive: true });
    writeFileSync(join(root, 'seed', path), text);
  }
  sandbox = await startSandbox({
    root: join(root, 'sandbox'),
    users: [{ login: 'ada', type: 'User', role: 'write' }],
    app: { id: 1, slug: 'holdfast', webhookSecret: 'a-secret-of-at-least-32-characters' },
    repository: { owner: 'acme', name: 'shop', seedFrom: join(root, 'seed'), private: true },
    protection: null,
  });
  const installedModules = resolve(import.meta.dirname, '../../../../node_modules');
  runner = await startHostRunner({ sandbox, installedModules, log: (line) => lines.push(line) });
});

afterAll(async () => {
  await runner.close();
  await sandbox.close();
  rmSync(root, { recursive: true });
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; data: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${sandbox.tokenFor('ada')}`, 'content-type': 'application/json', connection: 'close' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.apiUrl}/repos/acme/shop${path}`, init);
  const text = await response.text();
  return { status: response.status, data: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

const run = promisify(execFile);

async function pushBranch(branch: string, content: string): Promise<string> {
  const clone = join(root, branch);
  const url = sandbox.gitUrl.replace('//', `//x-access-token:${sandbox.tokenFor('ada')}@`);
  const git = async (...given: readonly string[]) => (await run('git', given, { cwd: clone, encoding: 'utf8' })).stdout.trim();
  await run('git', ['clone', '-q', url, clone]);
  writeFileSync(join(clone, 'file.txt'), content);
  await git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-qam', branch);
  await git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
  return await git('rev-parse', 'HEAD');
}

async function checksAt(sha: string): Promise<readonly (readonly [unknown, unknown, unknown])[]> {
  const { data } = await call('GET', `/commits/${sha}/check-runs`);
  const runs = data['check_runs'] as readonly { name: string; conclusion: string; app: { slug: string } }[];
  return runs.map((run) => [run.app.slug, run.name, run.conclusion] as const);
}

describe('the runner on the sandbox', () => {
  it.each([
    ['better', 'good\n', 'success'],
    ['worse', 'bad\n', 'failure'],
  ])('runs gate on the pull request %s and reports a check at its head', async (branch, content, conclusion) => {
    const sha = await pushBranch(branch, content);

    const opened = await call('POST', '/pulls', { title: branch, head: branch, base: 'main' });
    await runner.idle();

    expect(opened.status).toBe(201);
    expect(await checksAt(sha)).toEqual([['github-actions', 'gate', conclusion]]);
  });

  it('dispatches by REST; the token of each job may do what its permissions say and no more', async () => {
    const answer = await call('POST', '/actions/workflows/rights.yml/dispatches', {
      ref: 'main',
      inputs: { key: 'k1' },
      return_run_details: true,
    });
    await runner.idle();
    const runId = Number(answer.data['workflow_run_id']);
    const { data: run } = await call('GET', `/actions/runs/${runId}`);
    const { data: jobs } = await call('GET', `/actions/runs/${runId}/jobs`);
    const logs = await Promise.all(
      (jobs['jobs'] as readonly { id: number; name: string }[]).map(async (job) => [job.name, await logOf(job.id)] as const),
    );

    expect(run).toMatchObject({ status: 'completed', conclusion: 'success', display_title: 'rights k1', name: 'rights' });
    expect(new Map(logs).get('read')).toContain('issue: 403');
    expect(new Map(logs).get('write')).toContain('issue: 201');
    const { data: kept } = await call('GET', `/actions/runs/${runId}/artifacts`);
    expect(kept['artifacts']).toMatchObject([{ name: 'kept' }]);
  });

  it('pushes with the token of a job, which starts no workflow', async () => {
    await call('POST', '/actions/workflows/push.yml/dispatches', { ref: 'main' });
    await runner.idle();

    expect((await call('GET', '/git/ref/heads/made')).status).toBe(200);
    expect(lines.filter((line) => line.includes('on push'))).toEqual([]);
  });

  it('is not asked to run a dispatch with an input that the workflow does not have', async () => {
    const before = lines.length;

    const answer = await call('POST', '/actions/workflows/rights.yml/dispatches', { ref: 'main', inputs: { other: 'x' } });
    await runner.idle();

    expect(answer.status).toBe(422);
    expect(lines).toHaveLength(before);
  });
});

async function logOf(jobId: number): Promise<string> {
  const response = await fetch(`${sandbox.apiUrl}/repos/acme/shop/actions/jobs/${jobId}/logs`, {
    headers: { authorization: `Bearer ${sandbox.tokenFor('ada')}`, connection: 'close' },
  });
  return await response.text();
}
