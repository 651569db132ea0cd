import { createHmac, randomUUID } from 'node:crypto';
import type { Table } from '../store/table.ts';
import type { Delivery } from '../store/work-entities.ts';

/** GitHub gives a receiver ten seconds. */
const PATIENCE_MS = 10_000;

export interface Outgoing {
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  /** Set when an earlier delivery is sent again: it keeps its identity. */
  readonly guid?: string;
}

export interface WebhookSender {
  send(outgoing: Outgoing): void;
  setUrl(url: string | null): void;
  /** Resolves when everything that was sent so far is delivered or has failed. */
  settled(): Promise<void>;
}

export interface WebhookSettings {
  readonly secret: string;
  readonly appId: number;
  readonly url: string | null;
  readonly deliveries: Table<Delivery>;
  readonly nextId: () => number;
  readonly time: () => number;
}

/** Sends signed webhooks one after another, never twice by itself, and records each delivery. */
export function createWebhookSender(settings: WebhookSettings): WebhookSender {
  let url = settings.url;
  let queue: Promise<void> = Promise.resolve();
  return {
    send: (outgoing) => {
      queue = queue.then(async () => {
        settings.deliveries.put(await deliver(settings, url, outgoing));
      });
    },
    setUrl: (next) => {
      url = next;
    },
    settled: async () => {
      let seen: Promise<void> | null = null;
      while (seen !== queue) {
        seen = queue;
        await seen;
      }
    },
  };
}

async function deliver(settings: WebhookSettings, url: string | null, outgoing: Outgoing): Promise<Delivery> {
  const started = settings.time();
  const guid = outgoing.guid ?? randomUUID();
  const { statusCode, status } =
    url === null ? { statusCode: 0, status: 'no webhook url' } : await post(settings, url, { ...outgoing, guid });
  return {
    id: settings.nextId(),
    guid,
    event: outgoing.event,
    action: outgoing.action,
    body: outgoing.body,
    redelivery: outgoing.guid !== undefined,
    deliveredAt: new Date(started).toISOString(),
    durationSeconds: (settings.time() - started) / 1000,
    statusCode,
    status,
    url: url ?? '',
  };
}

async function post(
  settings: WebhookSettings,
  url: string,
  outgoing: Outgoing & { guid: string },
): Promise<{ statusCode: number; status: string }> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/sandbox',
    'x-github-event': outgoing.event,
    'x-github-delivery': outgoing.guid,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(settings.appId),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${createHmac('sha256', settings.secret).update(outgoing.body).digest('hex')}`,
  };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: outgoing.body, signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.arrayBuffer();
    return { statusCode: response.status, status: response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}` };
  } catch (problem) {
    const timedOut = problem instanceof Error && problem.name === 'TimeoutError';
    return { statusCode: 0, status: timedOut ? 'timed out' : 'failed to connect to host' };
  }
}
