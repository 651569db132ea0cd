import { generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDependencies } from '../../../bot/roots/app-settings.ts';
import { serveWebhooks, type WebhookServer } from '../../../bot/roots/serve-webhooks.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const warnings: string[] = [];
let server: WebhookServer;

beforeEach(async () => {
  warnings.length = 0;
  const note = (message: string) => void warnings.push(message);
  const dependencies: Pick<AppDependencies, 'appId' | 'privateKey' | 'webhookSecret' | 'baseUrl' | 'logger'> = {
    appId: 1,
    privateKey,
    webhookSecret: 'a secret of the test, thirty-two long',
    baseUrl: 'http://127.0.0.1:9',
    logger: { info: () => undefined, warn: note, error: note },
  };
  server = await serveWebhooks(() => undefined, dependencies, { host: '127.0.0.1', port: 0 });
});

afterEach(() => server.close());

/** Promises a body of 1,000 bytes, sends three and hangs up. */
async function sendHalfARequest(address: URL): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(address.port), address.hostname, () => {
      socket.write(`POST ${address.pathname} HTTP/1.1\r\nhost: ${address.host}\r\ncontent-length: 1000\r\n\r\nabc`, () => {
        setTimeout(() => socket.destroy(), 20);
      });
    });
    socket.once('close', () => resolve());
    socket.once('error', reject);
  });
}

describe('the webhook server', () => {
  test('outlives a request that is broken off in the middle', async () => {
    await sendHalfARequest(new URL(server.webhookUrl));
    await expect.poll(() => warnings).toContain('request broken off');

    const next = await fetch(server.webhookUrl, { method: 'POST', body: '{}' });

    expect(next.status).toBe(415); // no content type: Probot's own answer
  });

  test('refuses a body that is larger than GitHub ever sends', async () => {
    const answer = await fetch(server.webhookUrl, { method: 'POST', body: new Uint8Array(25_000_001) });

    expect(answer.status).toBe(413);
  });
});
