import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../bot/sandbox/pages/markdown.ts';
import { openTestSandbox, REPOSITORY, type TestSandbox } from '../../fakes/open-test-sandbox.ts';

let test: TestSandbox;

beforeAll(async () => {
  test = await openTestSandbox();
});

afterAll(() => test.close());

async function openPull(branch: string): Promise<{ number: number; head: string; address: string }> {
  const head = await test.branch(branch, { [`${branch}.txt`]: '<b>bold</b>\n' });
  const { data } = await test.bot.rest.pulls.create({
    ...REPOSITORY,
    title: `Pull <${branch}>`,
    head: branch,
    base: 'main',
    body: '<!-- holdfast:v1 k=x -->\n**why**',
  });
  return { number: data.number, head, address: `${test.sandbox.repositoryUrl}/pull/${data.number}` };
}

async function pressMerge(address: string, change: Readonly<Record<string, string>> = {}) {
  const page = await (await fetch(address)).text();
  const fields = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map((found) => [found[1] ?? '', found[2] ?? '']);
  const body = new URLSearchParams({ ...Object.fromEntries(fields), ...change });
  return fetch(`${address}/merge`, { method: 'POST', body, redirect: 'manual' });
}

describe('the pull request page', () => {
  it('shows text, files and rules, escaped and without hidden comments', async () => {
    const { address } = await openPull('shown');

    const response = await fetch(address);
    const page = await response.text();

    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('Pull &lt;shown&gt;');
    expect(page).toContain('<strong>why</strong>');
    expect(page).toContain('+&lt;b&gt;bold&lt;/b&gt;');
    expect(page).toContain('Required status check &quot;gate&quot; is expected.');
    expect(page).not.toContain('holdfast:v1');
  });

  it('merges as the person at the keyboard, by the same rules as REST', async () => {
    const { number, head, address } = await openPull('pressed');

    const tooEarly = await pressMerge(address);
    const reviewsLeft = await test.bot.rest.pulls.listReviews({ ...REPOSITORY, pull_number: number });
    await test.bot.rest.checks.create({ ...REPOSITORY, name: 'gate', head_sha: head, conclusion: 'success' });
    const forged = await pressMerge(address, { token: 'guess' });
    const stale = await pressMerge(address, { sha: test.sandbox.firstCommit });
    const pressed = await pressMerge(address);

    expect([tooEarly.status, forged.status, stale.status, pressed.status]).toEqual([405, 403, 409, 303]);
    expect(await tooEarly.text()).toContain('is expected');
    expect(reviewsLeft.data).toEqual([]);
    const { data } = await test.bot.rest.pulls.get({ ...REPOSITORY, pull_number: number });
    expect(data).toMatchObject({ merged: true, merged_by: { login: 'approver' } });
  });

  it('links from the overview and the lists', async () => {
    const { data: issue } = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'Drift in a', labels: ['holdfast'] });

    for (const path of ['', '/issues', '/pulls', '/actions', `/issues/${issue.number}`]) {
      const response = await fetch(`${test.sandbox.repositoryUrl}${path}`);
      expect([path, response.status]).toEqual([path, 200]);
    }
    const missing = await fetch(`${test.sandbox.repositoryUrl}/issues/9999`);

    expect(missing.status).toBe(404);
  });
});

describe('the pages of files and commits', () => {
  const pageAt = async (path: string) => {
    const response = await fetch(`${test.sandbox.repositoryUrl}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('shows folders and files of a branch, also of one whose name has a slash, escaped', async () => {
    await test.branch('retrain/a', { 'models/a/<note>.txt': '<b>bold</b>\n' });

    const folder = await pageAt('/tree/retrain/a/models/a');
    const file = await pageAt('/tree/retrain/a/models/a/%3Cnote%3E.txt');

    expect([folder.status, file.status]).toEqual([200, 200]);
    expect(folder.text).toContain(`href="${test.sandbox.repositoryUrl}/tree/retrain/a/models/a/%3Cnote%3E.txt">&lt;note&gt;.txt</a>`);
    expect(file.text).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(file.text).not.toContain('<b>bold');
    expect((await pageAt('/blob/retrain/a/models/a/%3Cnote%3E.txt')).text).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect((await pageAt('/tree/main')).status).toBe(200);
  });

  it('shows a commit with its message, parents and files', async () => {
    const head = await test.branch('committed', { 'new.txt': 'hello\n' });

    const page = await pageAt(`/commit/${head}`);
    const first = await pageAt(`/commit/${test.sandbox.firstCommit}`);

    expect(page.status).toBe(200);
    expect(page.text).toContain('<code>new.txt</code> added');
    expect(page.text).toContain('+hello');
    expect(page.text).toMatch(/href="[^"]+\/commit\/[0-9a-f]{40}"/);
    expect(first.text).toContain('No parent');
  });

  it.each(['/tree/nosuch/x', '/tree/main/nosuch', `/commit/${'0'.repeat(40)}`, '/commit/main', '/tree/main/%ff'])(
    'has no page at %s',
    async (path) => {
      expect((await pageAt(path)).status).toBe(404);
    },
  );
});

describe('renderMarkdown', () => {
  it.each([
    ['<script>alert(1)</script>', '<script'],
    ['a <img src=x onerror=alert(1)> b', '<img'],
    ['![x](http://evil.example/pixel.png)', '<img'],
    ['[x](javascript:alert(1))', 'href="javascript'],
    ['<details onclick="x()">', '<details'],
    ['<!-- a --> <b onmouseover=x>', '<b '],
    ['<!--<script>-->', 'script'],
    ['<scr<!-- -->ipt>alert(1)</scr<!-- -->ipt>', '<script'],
  ])('lets nothing active through: %s', (text, forbidden) => {
    expect(renderMarkdown(text)).not.toContain(forbidden);
  });

  it('keeps tables, folds and task boxes, and drops comments outside code', () => {
    const text =
      '<!-- hidden -->\n<details>\n<summary>More</summary>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</details>\n\n- [x] done\n- [ ] open\n\n`<!-- kept -->`';

    const page = renderMarkdown(text);

    expect(page).toContain('<details>');
    expect(page).toContain('<td>1</td>');
    expect(page).toContain('disabled checked');
    expect(page).toContain('&lt;!-- kept --&gt;');
    expect(page).not.toContain('hidden');
  });
});
