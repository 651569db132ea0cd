import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditDraft, chainEvents } from '../../../bot/effects/audit-chain.ts';
import { isOwn, renderMarked } from '../../../bot/effects/marker.ts';
import { OutsideError } from '../../../pipelines/core/errors/outside-error.ts';
import { emptyModelState } from '../../../pipelines/core/schema/model-state.ts';
import { SandboxWorld } from '../../fakes/sandbox-world.ts';

const WORKFLOW =
  'name: retrain\non:\n  workflow_dispatch:\n    inputs:\n      model:\n        type: string\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo\n';
const SIGNING = { key: null, repositoryId: 1 };

let world: SandboxWorld;
beforeAll(async () => {
  world = await SandboxWorld.open({
    'README.md': 'models\n',
    'models/loan/model.yml': 'name: loan\n',
    '.github/workflows/retrain.yml': WORKFLOW,
  });
});
afterAll(() => world.close());

describe('the code host over HTTP', () => {
  it('opens, reads, edits and closes an issue, as the App', async () => {
    const { host } = world.shell();
    const body = renderMarked({ key: 'incident/one', nonce: null, text: 'something drifted' }, SIGNING);

    const made = await host.createIssue({ title: 'loan: Drift of income', body, labels: ['holdfast'] });
    await host.updateIssue(made.number, { title: 'loan: Drift of purpose' });
    const open = await host.openIssues('holdfast');
    await host.updateIssue(made.number, { state: 'closed', closedAs: 'completed' });
    const closed = await host.issue(made.number);

    expect(open.map(({ title, author }) => [title, author])).toEqual([['loan: Drift of purpose', 'holdfast[bot]']]);
    expect(closed).toMatchObject({ state: 'closed', closedAs: 'completed', isPull: false });
    expect(await host.highestNumber()).toBe(made.number);
    expect(await host.issue(9999)).toBeNull();
  });

  it('does not take a stranger’s issue with a copied marker for its own', async () => {
    const body = renderMarked({ key: 'incident/two', nonce: null, text: 'copied' }, SIGNING);
    const { host } = world.shell(world.as('stranger'));
    const { number } = await host.createIssue({ title: 'copied', body, labels: [] });

    const read = await world.shell().host.issue(number);

    const trustedAuthors = ['holdfast[bot]', 'github-actions[bot]'];
    expect(read).toMatchObject({ author: 'stranger' });
    expect(isOwn(read ?? { body: '', author: '' }, { key: 'incident/two', trustedAuthors }, SIGNING)).toBe(false);
  });

  it('comments once it is asked to, lists the newest, and knows roles', async () => {
    const { host } = world.shell();
    const { number } = await host.createIssue({ title: 'talk', body: '', labels: [] });
    const mine = await host.createComment(number, 'first');
    await world.shell(world.as('writer')).host.createComment(number, '/holdfast status');
    await host.updateComment(mine.id, 'edited');

    const newest = await host.newestComments();

    expect(newest.slice(0, 2).map(({ author, byBot, number: at }) => [author, byBot, at])).toEqual([
      ['writer', false, number],
      ['holdfast[bot]', true, number],
    ]);
    expect((await host.comments(number)).map(({ body }) => body)).toEqual(['edited', '/holdfast status']);
    expect(await Promise.all(['writer', 'stranger', 'approver', 'nobody-here'].map((login) => host.role(login)))).toEqual([
      'write',
      'read',
      'maintain',
      'none',
    ]);
  });

  it('makes a branch, commits by compare-and-swap, opens a pull request, and resets the branch only from where it was', async () => {
    const { host } = world.shell();
    const { head, defaultBranch } = await host.repository();
    const files = { 'models/loan/versions/v2/training-spec.json': new TextEncoder().encode('{}\n') };

    expect(await host.createBranch('retrain/loan', head)).toBe(true);
    expect(await host.createBranch('retrain/loan', head)).toBe(false);
    const sha = await host.commitFiles({ branch: 'retrain/loan', expectedHead: head, headline: 'Specify', files });
    const stale = await host.commitFiles({ branch: 'retrain/loan', expectedHead: head, headline: 'Again', files });
    const pull = await host.createPull({ title: 'Retrain', body: 'why', head: 'retrain/loan', base: defaultBranch });

    expect(stale).toBeNull();
    expect(await host.branchHead('retrain/loan')).toBe(sha);
    expect(Buffer.from((await host.fileAt(sha ?? '', 'models/loan/versions/v2/training-spec.json')) ?? []).toString()).toBe('{}\n');
    expect((await host.pullsOf('retrain/loan')).map(({ number, headSha }) => [number, headSha])).toEqual([[pull.number, sha]]);
    expect(await host.isContained(head, sha ?? '')).toBe(true);
    expect(await host.isContained(sha ?? '', head)).toBe(false);
    expect(await host.resetBranch('retrain/loan', { from: head, to: head })).toBe(false);
    await host.updatePull(pull.number, { state: 'closed' });
    expect(await host.resetBranch('retrain/loan', { from: sha ?? '', to: head })).toBe(true);
    expect(await host.branchHead('retrain/loan')).toBe(head);
  });

  it('tags all or none, and again without harm', async () => {
    const { host } = world.shell();
    const { head } = await host.repository();
    const other = await host
      .createBranch('other', head)
      .then(() => host.commitFiles({ branch: 'other', expectedHead: head, headline: 'x', files: { 'x.txt': new Uint8Array([120]) } }));
    const tags = [
      { name: 'model/loan@v2', sha: head },
      { name: 'model/loan#production#1', sha: head },
    ];

    expect(await host.ensureTags(tags)).toBe(true);
    expect(await host.ensureTags(tags)).toBe(true);
    expect(
      await host.ensureTags([
        { name: 'model/loan@v3', sha: head },
        { name: 'model/loan@v2', sha: other ?? '' },
      ]),
    ).toBe(false);
    const { data } = await world.app().rest.git.listMatchingRefs({ owner: 'acme', repo: 'models', ref: 'tags/model/' });
    expect(data.map(({ ref }) => ref).sort()).toEqual(['refs/tags/model/loan#production#1', 'refs/tags/model/loan@v2']);
  });

  it('finds who merged what', async () => {
    const { host } = world.shell();
    const { head, defaultBranch } = await host.repository();
    await host.createBranch('promote', head);
    await host.commitFiles({
      branch: 'promote',
      expectedHead: head,
      headline: 'Deploy v2',
      files: { 'models/loan/deployment.yml': new TextEncoder().encode('production: v2\n') },
    });
    const { number } = await host.createPull({ title: 'Promote', body: '', head: 'promote', base: defaultBranch });
    await world.as('approver').rest.pulls.merge({ owner: 'acme', repo: 'models', pull_number: number, merge_method: 'squash' });

    const commit = await host.lastCommitOf('models/loan/deployment.yml');
    const pull = await host.pullOfCommit(commit?.sha ?? '');

    expect(pull).toMatchObject({ number, merged: true, mergedBy: 'approver', mergeSha: commit?.sha });
    expect(await host.pull(number)).toMatchObject({ merged: true, state: 'closed' });
  });

  it('starts a workflow and gets its run and artifact', async () => {
    const { host } = world.shell();

    const id = await host.dispatch({ workflow: 'retrain.yml', ref: 'main', inputs: { model: 'loan' } });
    world.sandbox.actions.storeArtifact(id ?? 0, 'gate-verdict', await folderWith('verdict.json', '{"verdict":"pass"}'));
    world.sandbox.actions.updateRun(id ?? 0, { status: 'completed', conclusion: 'success', title: 'retrain loan v2' });

    expect(await host.run(id ?? 0)).toMatchObject({
      status: 'completed',
      conclusion: 'success',
      title: 'retrain loan v2',
      workflow: 'retrain.yml',
    });
    expect((await host.runs('retrain.yml')).map((run) => run.id)).toEqual([id]);
    expect(await host.runs('nothing.yml')).toEqual([]);
    const artifact = await host.artifact(id ?? 0, { name: 'gate-verdict', maxBytes: 1000 });
    expect(Buffer.from(artifact ?? []).toString()).toBe('{"verdict":"pass"}');
    expect(await host.artifact(id ?? 0, { name: 'other', maxBytes: 1000 })).toBeNull();
    await expect(host.artifact(id ?? 0, { name: 'gate-verdict', maxBytes: 5 })).rejects.toThrow('at most 5 are read');
  });

  it('says what failed, and whether later may help', async () => {
    const stranger = world.shell(world.as('stranger')).host;

    const failure = await stranger.createBranch('theirs', (await stranger.repository()).head).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ message: expect.stringContaining('create the branch theirs') });
  });
});

describe('the state branch over HTTP', () => {
  it('starts without history, writes only what changes, and lets one of two writers win', async () => {
    const [one, other] = [world.shell().state, world.shell().state];
    const empty = await one.read();
    expect(empty.head).toBeNull();
    const drafts: AuditDraft[] = [
      {
        at: '2001-02-01T00:00:00Z',
        model: 'loan',
        actor: 'holdfast',
        action: 'incident-opened',
        target: 'x',
        cause: 'y',
        because: ['z'],
        evidence: null,
      },
    ];
    const first = await one.commit(empty, {
      message: 'First',
      index: { schemaVersion: 1, lease: null, heartbeat: null },
      models: { loan: emptyModelState('loan') },
      events: chainEvents(null, drafts),
      verdicts: { abc: '{}\n' },
      evaluations: { abc: '{"report":1}\n' },
    });

    const [seenByOne, seenByOther] = [await one.read(), await other.read()];
    const unchanged = await one.commit(seenByOne, { message: 'Nothing', models: { loan: emptyModelState('loan') } });
    const champion = { ...emptyModelState('loan'), champion: 'v1' };
    const won = await one.commit(seenByOne, {
      message: 'One',
      models: { loan: champion },
      events: chainEvents(seenByOne.lastEvent, drafts),
    });
    const lost = await other.commit(seenByOther, { message: 'Other', models: { loan: { ...champion, champion: 'v2' } } });
    const late = await one.commit(empty, { message: 'Late', models: { loan: emptyModelState('loan') } });

    expect(seenByOther).toEqual(first);
    expect(unchanged?.head).toBe(first?.head);
    expect(lost).toBeNull();
    expect(late).toBeNull();
    const after = await other.read();
    expect(after).toEqual(won);
    expect(after.models['loan']?.champion).toBe('v1');
    expect(after.lastEvent?.sequence).toBe(1);
    expect(await Promise.all([one, other].map((store) => store.verdict(after, 'abc')))).toEqual(['{}\n', '{}\n']);
    expect(await other.verdict(after, 'def')).toBeNull();
    const { data } = await world.app().rest.git.getCommit({ owner: 'acme', repo: 'models', commit_sha: first?.head ?? '' });
    expect(data.parents).toEqual([]);
    const { data: tree } = await world
      .app()
      .rest.git.getTree({ owner: 'acme', repo: 'models', tree_sha: after.head ?? '', recursive: 'true' });
    expect(tree.tree.map(({ path }) => path)).toEqual(expect.arrayContaining(['verdicts/abc.json', 'evaluations/abc.json']));
  });
});

async function folderWith(name: string, content: string): Promise<{ folder: string }> {
  const { mkdtemp, writeFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const folder = await mkdtemp(join((await import('node:os')).tmpdir(), 'artifact-'));
  await writeFile(join(folder, name), content);
  return { folder };
}
