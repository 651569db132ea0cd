import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CodeHost } from '../../bot/effects/code-host.ts';
import { createClient } from '../../bot/github/create-client.ts';
import { resolveBotLogin } from '../../bot/github/resolve-bot-login.ts';
import { emptyModelState } from '../../pipelines/core/schema/model-state.ts';
import { type ContractFetch, openContractFetch } from '../fakes/contract-fetch.ts';
import { SandboxWorld, SILENT } from '../fakes/sandbox-world.ts';
import { readRestContract } from './contract.ts';
import { exchangeProblems, readGraphqlSchema } from './graphql-contract.ts';
import { CLIENT_DIFFERENCES } from './known-differences.ts';
import { unexplained, unused } from './weigh-differences.ts';

const WORKFLOW = 'name: retrain\non:\n  workflow_dispatch:\n    inputs:\n      model:\n        type: string\njobs: {}\n';
const BYTES = new TextEncoder().encode('{}\n');

let world: SandboxWorld;
let recorder: ContractFetch;

beforeAll(async () => {
  world = await SandboxWorld.open({ 'models/loan/model.yml': 'name: loan\n', '.github/workflows/retrain.yml': WORKFLOW });
  recorder = openContractFetch(world.sandbox.apiUrl, readRestContract());
  vi.stubGlobal('fetch', recorder.fetch);
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await world.close();
});

/** A host that notes which of its methods were called. */
function noting(host: CodeHost): { readonly host: CodeHost; readonly called: ReadonlySet<string> } {
  const called = new Set<string>();
  const watched = new Proxy(host, {
    get: (target, name) => {
      called.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  return { host: watched, called };
}

async function talk(host: CodeHost): Promise<void> {
  const made = await host.createIssue({ title: 'Drift', body: 'why', labels: ['holdfast'] });
  await host.updateIssue(made.number, { title: 'Drifted' });
  await host.openIssues('holdfast');
  await host.highestNumber();
  const comment = await host.createComment(made.number, 'first');
  await host.updateComment(comment.id, 'second');
  await host.comments(made.number);
  await host.newestComments();
  await host.updateIssue(made.number, { state: 'closed', closedAs: 'completed' });
  await host.issue(made.number);
  await host.issue(9999);
  await host.role('approver');
  await host.role('nobody');
}

async function change(host: CodeHost): Promise<void> {
  const { head, defaultBranch } = await host.repository();
  const branch = 'retrain/loan';
  await host.createBranch(branch, head);
  await host.createBranch(branch, head);
  const files = { 'models/loan/versions/v2/training-spec.json': BYTES };
  const sha = (await host.commitFiles({ branch, expectedHead: head, headline: 'Specify', body: 'why', files })) ?? '';
  await host.commitFiles({ branch, expectedHead: head, headline: 'Late', files });
  await host.branchHead(branch);
  await host.fileAt(sha, 'models/loan/versions/v2/training-spec.json');
  await host.isContained(head, sha);
  const pull = await host.createPull({ title: 'Retrain', body: 'why', head: branch, base: defaultBranch });
  await host.updatePull(pull.number, { title: 'Retrain loan' });
  await host.pullsOf(branch);
  await world.as('approver').rest.pulls.merge({ owner: 'acme', repo: 'models', pull_number: pull.number, merge_method: 'squash' });
  const commit = await host.lastCommitOf('models/loan/versions/v2/training-spec.json');
  await host.pullOfCommit(commit?.sha ?? '');
  await host.pull(pull.number);
  await host.pull(9999);
  await host.resetBranch(branch, { from: sha, to: head });
  await host.ensureTags([{ name: 'model/loan@v2', sha: head }]);
}

async function work(host: CodeHost): Promise<void> {
  const id = (await host.dispatch({ workflow: 'retrain.yml', ref: 'main', inputs: { model: 'loan' } })) ?? 0;
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  writeFileSync(join(folder, 'verdict.json'), '{}');
  world.sandbox.actions.storeArtifact(id, 'gate-verdict', { folder });
  rmSync(folder, { recursive: true });
  world.sandbox.actions.updateRun(id, { status: 'completed', conclusion: 'success' });
  await host.run(id);
  await host.runs('retrain.yml', 'a'.repeat(40));
  const artifact = await host.artifact(id, { name: 'gate-verdict', maxBytes: 1000 });
  expect(Buffer.from(artifact ?? []).toString()).toBe('{}');
}

describe('our client, held against what GitHub publishes', () => {
  it('asks for nothing that GitHub does not describe, with every method that it has', async () => {
    const shell = world.shell();
    const { host, called } = noting(shell.host);
    await talk(host);
    await change(host);
    await work(host);

    const { head } = await host.repository();
    await shell.openRepository(head).models();

    expect(Object.keys(shell.host).filter((method) => !called.has(method))).toEqual([]);
    expect(recorder.called.size).toBeGreaterThanOrEqual(24);
    expect(recorder.graphql.length).toBeGreaterThanOrEqual(4);
  });

  it('does so for the state branch and for the App itself', async () => {
    const { state } = world.shell();
    const empty = await state.read();
    const first = await state.commit(empty, { message: 'First', models: { loan: emptyModelState('loan') } });
    const second = first === null ? null : await state.commit(first, { message: 'Second', verdicts: { abc: '{}\n' } });
    const { appId, privateKey, apiUrl: baseUrl } = world.sandbox;
    const app = createClient({ credentials: { kind: 'app', appId, privateKey }, baseUrl, pace: 'none', logger: SILENT });

    const login = await resolveBotLogin(app);
    const repositories = await world.app().rest.apps.listReposAccessibleToInstallation({ per_page: 100 });
    const installed = await app.rest.apps.listInstallations({ per_page: 100 });

    expect(second?.head).toMatch(/^[0-9a-f]{40}$/);
    expect(login).toBe('holdfast[bot]');
    expect(installed.data).toHaveLength(1);
    expect(repositories.data.repositories.map(({ full_name: name }) => name)).toEqual(['acme/models']);
  });

  it('keeps the contract, but for the known differences', () => {
    const differences = recorder.differences();

    expect(unexplained(differences, CLIENT_DIFFERENCES)).toEqual([]);
    expect(unused(differences, CLIENT_DIFFERENCES)).toEqual([]);
  });

  it('sends GraphQL whose variables and answers are of the types that GitHub declares', () => {
    const schema = readGraphqlSchema();

    expect(recorder.graphql.flatMap((exchange) => exchangeProblems(schema, exchange))).toEqual([]);
    expect(recorder.graphql.some(({ answer }) => answer.errors !== undefined)).toBe(true);
    expect(recorder.graphql.some(({ answer }) => answer.errors === undefined)).toBe(true);
  });
});
