import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createProbot } from 'probot';
import { describe, expect, it } from 'vitest';
import { type CommentJson, type PullJson, type RunJson, toComment, toPull, toRun } from '../../../bot/github/host-json.ts';
import { checkWebhookSecret } from '../../../bot/roots/check-webhook-secret.ts';
import { createDeliveryRegister } from '../../../bot/roots/delivery-register.ts';
import { listenToEvents } from '../../../bot/roots/listen-to-events.ts';
import { createSerialQueue } from '../../../bot/roots/serial-queue.ts';

/** As far as this test looks; the rest is what it is. */
interface Payload {
  readonly comment: CommentJson;
  readonly pull_request: PullJson;
  readonly workflow_run: RunJson;
}

interface Example {
  readonly name: string;
  readonly examples: readonly Payload[];
}

/** Real payloads that GitHub has sent. */
function examplesOf(name: string): readonly Payload[] {
  const main = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const folder = dirname(main);
  const file = readdirSync(folder).find((each) => each.endsWith('index.json')) ?? '';
  const all = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example[];
  return all.find((each) => each.name === name)?.examples ?? [];
}

describe('payloads that GitHub has sent', () => {
  it.each([
    ['issue_comment', 3],
    ['push', 3],
    ['pull_request', 20],
    ['workflow_run', 2],
    ['installation', 3],
  ])('%s: each is handled without an error', async (name, least) => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const probot = createProbot({ env: {}, overrides: { appId: 1, privateKey, secret: 's'.repeat(32), logLevel: 'fatal' } });
    await probot.ready();
    const marked: string[] = [];
    listenToEvents(probot, { isDone: () => false, forget() {}, mark: ({ fullName }) => marked.push(fullName) });
    const examples = examplesOf(name);

    for (const [index, payload] of examples.entries())
      await probot.receive({ id: String(index), name: name as 'push', payload: payload as never });

    expect(examples.length).toBeGreaterThanOrEqual(least);
    expect(marked.every((fullName) => /^[^/]+\/[^/]+$/.test(fullName))).toBe(true);
  });

  it('are read as comments, pull requests and runs', () => {
    const comments = examplesOf('issue_comment').map(({ comment }) => toComment(comment));
    const pulls = examplesOf('pull_request').map(({ pull_request: pull }) => toPull(pull));
    const runs = examplesOf('workflow_run').map(({ workflow_run: run }) =>
      toRun({ ...run, display_title: run.display_title ?? '', path: run.path ?? '' }),
    );

    expect(comments.every(({ number, author }) => number > 0 && author !== '')).toBe(true);
    expect(pulls.every(({ headSha, number }) => headSha.length === 40 && number > 0)).toBe(true);
    expect(runs.every(({ status, id }) => id > 0 && ['completed', 'running', 'waiting'].includes(status))).toBe(true);
  });
});

describe('deliveries and work', () => {
  it('knows only deliveries that were completed, and forgets the oldest', () => {
    const register = createDeliveryRegister(2);

    register.markDone(['a', 'b', 'c']);

    expect(['a', 'b', 'c', 'd'].map(register.isDone)).toEqual([false, true, true, false]);
  });

  it('does one thing after another, each name once while it waits, and goes on after an error', async () => {
    const done: string[] = [];
    const errors: string[] = [];
    let running = 0;
    const queue = createSerialQueue(
      async (name) => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        done.push(name);
        if (name === 'b') throw new Error('no');
        if (name === 'a' && done.length === 1) queue.add('a');
      },
      (_error, name) => errors.push(name),
    );

    for (const name of ['a', 'b', 'b', 'c', 'a']) queue.add(name);
    await queue.idle();

    expect(done).toEqual(['a', 'b', 'c', 'a']);
    expect(errors).toEqual(['b']);
  });
});

describe('the webhook secret', () => {
  it.each([undefined, '', 'development', 'x'.repeat(31), 'a'.repeat(32)])('%j is refused', (secret) => {
    expect(() => checkWebhookSecret(secret)).toThrow(/WEBHOOK_SECRET/);
  });

  it('is taken from 32 characters on', () => {
    const secret = '0123456789abcdef'.repeat(2);

    expect(checkWebhookSecret(secret)).toBe(secret);
  });
});
