import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../bot/github/create-client.ts';
import { openRepositoryShell } from '../../bot/roots/open-repository-shell.ts';
import { FULL_NAME, SandboxWorld, SILENT } from '../fakes/sandbox-world.ts';

/** Timers may fire a little early. */
const TOLERANCE_MS = 50;

interface Sent {
  readonly method: string;
  readonly atMs: number;
}

let world: SandboxWorld;
const sent: Sent[] = [];

beforeAll(async () => {
  world = await SandboxWorld.open({ 'README.md': 'models\n' });
  const send = globalThis.fetch;
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    sent.push({ method: init.method ?? 'GET', atMs: performance.now() });
    return send(input, init);
  });
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await world.close();
});

function gapsMs(): readonly number[] {
  const writes = sent.filter(({ method }) => method !== 'GET');
  return writes.slice(1).map(({ atMs }, index) => atMs - (writes[index]?.atMs ?? 0));
}

// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
describe('the pace that GitHub asks for', () => {
  it('leaves a second between writes and three between those that notify people, also when all are asked for at once', async () => {
    const token = world.sandbox.tokenFor('writer');
    const client = createClient({ credentials: { kind: 'token', token }, baseUrl: world.sandbox.apiUrl, pace: 'github', logger: SILENT });
    const { host } = openRepositoryShell(client, FULL_NAME, []);
    const { head } = await host.repository();
    sent.length = 0;

    const branch = host.createBranch('a', head);
    const issues = ['first', 'second'].map((title) => host.createIssue({ title, body: '', labels: [] }));
    await Promise.all([branch, ...issues]);
    const [afterBranch = 0, betweenIssues = 0] = gapsMs();
    sent.length = 0;
    await Promise.all([1, 2].map((number) => host.issue(number)));

    expect(afterBranch).toBeGreaterThanOrEqual(1000 - TOLERANCE_MS);
    expect(betweenIssues).toBeGreaterThanOrEqual(3000 - TOLERANCE_MS);
    expect((sent[1]?.atMs ?? 0) - (sent[0]?.atMs ?? 0)).toBeLessThan(500);
  });
});
