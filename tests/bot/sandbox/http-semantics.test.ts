import { createAppAuth } from '@octokit/auth-app';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestSandbox, REPOSITORY, refusalOf, type TestSandbox } from '../../fakes/open-test-sandbox.ts';

const HOUR_MS = 3_600_000;
let test: TestSandbox;
let wallMs = Date.parse('2026-03-01T12:00:00Z');

beforeAll(async () => {
  test = await openTestSandbox();
});

afterAll(() => test.close());

describe('tokens', () => {
  it('end after one hour of wall time', async () => {
    const timed = await openTestSandbox({ clock: () => new Date(wallMs), users: [] });
    const auth = createAppAuth({ appId: timed.sandbox.appId, privateKey: timed.sandbox.privateKey });
    // The client signs with the real clock: let the sandbox live at the same time.
    wallMs = Date.now();
    const jwt = await auth({ type: 'app' });
    const app = timed.withToken(jwt.token);
    const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: timed.sandbox.installationId });
    const installation = timed.withToken(data.token);

    const fresh = await installation.rest.repos.get(REPOSITORY);
    wallMs += HOUR_MS - 1000;
    const almost = await installation.rest.repos.get(REPOSITORY);
    wallMs += 2000;
    const expired = await refusalOf(installation.rest.repos.get(REPOSITORY));
    const oldJwt = await refusalOf(app.rest.apps.getAuthenticated());
    await timed.close();

    expect([fresh.status, almost.status]).toEqual([200, 200]);
    expect(expired).toMatchObject({ status: 401, message: expect.stringContaining('Bad credentials') });
    expect(oldJwt).toMatchObject({ status: 401, message: expect.stringContaining('exp') });
  });

  it('carry only the permissions asked for', async () => {
    const issuer = await test.bot.auth({ type: 'app' });
    const app = test.withToken((issuer as { token: string }).token);
    const installation_id = test.sandbox.installationId;
    const { data } = await app.rest.apps.createInstallationAccessToken({
      installation_id,
      permissions: { issues: 'write' },
      repositories: ['models'],
    });
    const narrow = test.withToken(data.token);

    const issue = await narrow.rest.issues.create({ ...REPOSITORY, title: 'allowed' });
    const check = await refusalOf(narrow.rest.checks.create({ ...REPOSITORY, name: 'gate', head_sha: test.sandbox.firstCommit }));
    const ref = await refusalOf(narrow.rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/x', sha: test.sandbox.firstCommit }));
    const beyond = await refusalOf(
      app.rest.apps.createInstallationAccessToken({ installation_id, permissions: { administration: 'write' } }),
    );

    expect(issue.status).toBe(201);
    for (const refusal of [check, ref])
      expect(refusal).toMatchObject({ status: 403, message: expect.stringContaining('Resource not accessible by integration') });
    expect(beyond.status).toBe(422);
  });

  it('are refused when they are unknown, forged, or of the wrong kind', async () => {
    const unknown = await refusalOf(test.withToken('ghp_nobody').rest.repos.get(REPOSITORY));
    const other = createAppAuth({ appId: 999, privateKey: test.sandbox.privateKey });
    const forged = await refusalOf(test.withToken((await other({ type: 'app' })).token).rest.apps.getAuthenticated());
    const person = await refusalOf(test.as('approver').rest.apps.getAuthenticated());
    const check = await refusalOf(
      test.as('approver').rest.checks.create({ ...REPOSITORY, name: 'gate', head_sha: test.sandbox.firstCommit, conclusion: 'success' }),
    );

    expect([unknown.status, forged.status, person.status, check.status]).toEqual([401, 401, 401, 403]);
  });

  it('are shown in both forms that GitHub uses', async () => {
    const long = await openTestSandbox({ tokenFormat: 'jwt' });

    const repository = await long.bot.rest.repos.get(REPOSITORY);
    const { token } = (await long.bot.auth({ type: 'installation' })) as { token: string };
    await long.close();

    expect(repository.status).toBe(200);
    expect(token).toMatch(/^ghs_4711_[\w-]+\.[\w-]+\.[\w-]+$/);
  });
});

describe('answers', () => {
  it('give an ETag and 304 for it, free of the rate limit', async () => {
    const first = await test.bot.rest.repos.get(REPOSITORY);
    const used = Number(first.headers['x-ratelimit-used']);

    const again = test.bot.rest.repos.get({ ...REPOSITORY, headers: { 'if-none-match': first.headers.etag } });

    await expect(again).rejects.toMatchObject({ status: 304, response: { headers: { 'x-ratelimit-used': String(used) } } });
  });

  it('come in pages with links that octokit follows', async () => {
    for (let index = 0; index < 7; index += 1)
      await test.bot.rest.issues.create({ ...REPOSITORY, title: `page ${index}`, labels: ['paged'] });

    const page = await test.bot.rest.issues.listForRepo({ ...REPOSITORY, labels: 'paged', per_page: 3 });
    const all = await test.bot.paginate(test.bot.rest.issues.listForRepo, { ...REPOSITORY, labels: 'paged', per_page: 3 });

    expect(page.data).toHaveLength(3);
    expect(page.headers.link).toContain('rel="next"');
    expect(all.map((issue) => issue.title)).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `page ${index}`));
  });

  it('refuse unknown keys and texts over the limits', async () => {
    const misspelt = await refusalOf(test.bot.request('POST /repos/{owner}/{repo}/issues', { ...REPOSITORY, title: 'x', lables: ['y'] }));
    const long = await refusalOf(test.bot.rest.issues.create({ ...REPOSITORY, title: 'x', body: 'ä'.repeat(32_769) }));
    const fits = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'x', body: 'ä'.repeat(32_768) });
    const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice' as const, message: 'm' };
    const output = { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) };
    const many = await refusalOf(test.bot.rest.checks.create({ ...REPOSITORY, name: 'c', head_sha: test.sandbox.firstCommit, output }));

    expect(misspelt).toMatchObject({ status: 422, message: expect.stringContaining('"lables" is not a permitted key.') });
    expect(long).toMatchObject({ status: 422, message: expect.stringContaining('body is too long') });
    expect(fits.status).toBe(201);
    expect(many.status).toBe(422);
  });

  it('know roles by name, protection by rules, and variables', async () => {
    const role = await test.bot.rest.repos.getCollaboratorPermissionLevel({ ...REPOSITORY, username: 'approver' });
    const rules = await test.bot.rest.repos.getBranchRules({ ...REPOSITORY, branch: 'main' });
    const protection = await refusalOf(test.bot.rest.repos.getBranchProtection({ ...REPOSITORY, branch: 'main' }));
    const variable = await test.bot.rest.actions.getRepoVariable({ ...REPOSITORY, name: 'DATA' });

    expect(role.data).toMatchObject({ permission: 'write', role_name: 'maintain' });
    expect(rules.data.map((rule) => rule.type)).toContain('required_status_checks');
    expect(protection.status).toBe(403);
    expect(variable.data.value).toBe('here');
  });

  it('show the secondary limit when it is set', async () => {
    const limited = await openTestSandbox({ throttle: { contentPerMinute: 2 } });
    await limited.bot.rest.issues.create({ ...REPOSITORY, title: '1' });
    await limited.bot.rest.issues.create({ ...REPOSITORY, title: '2' });

    const third = limited.bot.rest.issues.create({ ...REPOSITORY, title: '3' });

    await expect(third).rejects.toMatchObject({ status: 403, response: { headers: { 'retry-after': expect.stringMatching(/^\d+$/) } } });
    await limited.close();
  });

  it('close a private repository to strangers', async () => {
    const hidden = await openTestSandbox({ repository: { owner: 'acme', name: 'models', seedFrom: `${test.folder}/seed`, private: true } });

    const anonymous = await fetch(`${hidden.sandbox.apiUrl}/repos/acme/models`);
    const wrong = await hidden.git(hidden.folder, 'ls-remote', hidden.remote('ghp_wrong')).catch((problem: Error) => problem.message);
    const right = await hidden.git(hidden.folder, 'ls-remote', hidden.remote(hidden.sandbox.tokenFor('reader')));
    await hidden.close();

    expect(anonymous.status).toBe(401);
    expect(wrong).toMatch(/Authentication failed|could not read/);
    expect(right).toContain('refs/heads/main');
  });

  it('answer loopback names only', async () => {
    const { port } = new URL(test.sandbox.url);
    const { request } = await import('node:http');

    const status = await new Promise((resolve) => {
      request({ host: '127.0.0.1', port, path: '/meta', headers: { host: 'evil.example' } }, (response) =>
        resolve(response.statusCode),
      ).end();
    });

    expect(status).toBe(421);
  });
});
