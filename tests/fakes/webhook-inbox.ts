import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhooks } from '@octokit/webhooks';

export interface Received {
  readonly id: string;
  readonly name: string;
  readonly verified: boolean;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Receives webhooks over HTTP and verifies them with the library that the App uses. `answer` is the status that it gives. */
export async function openWebhookInbox(
  secret: string,
): Promise<{ url: string; received: Received[]; answer: { status: number }; close(): void }> {
  const webhooks = new Webhooks({ secret });
  const received: Received[] = [];
  const answer = { status: 200 };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const verified = await webhooks.verify(body, String(request.headers['x-hub-signature-256']));
      received.push({
        id: String(request.headers['x-github-delivery']),
        name: String(request.headers['x-github-event']),
        verified,
        payload: JSON.parse(body) as Record<string, unknown>,
      });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received, answer, close: () => void server.close() };
}
