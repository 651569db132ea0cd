import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, createProbot, type Probot } from 'probot';
import type { AppDependencies, ListenSettings } from './app-settings.ts';

/** GitHub sends no larger payload. */
const LARGEST_BODY = 25_000_000;
const WEBHOOK_PATH = '/api/github/webhooks';

export interface WebhookServer {
  /** Where GitHub must send its events. */
  readonly webhookUrl: string;
  close(): Promise<void>;
}

/** Probot behind a server of our own that caps bodies before they are buffered. Probot itself logs nothing: it would log payloads. */
export async function serveWebhooks(
  application: (probot: Probot) => void,
  {
    appId,
    privateKey,
    webhookSecret,
    baseUrl,
    logger,
  }: Pick<AppDependencies, 'appId' | 'privateKey' | 'webhookSecret' | 'baseUrl' | 'logger'>,
  { host, port }: ListenSettings,
): Promise<WebhookServer> {
  const probot = createProbot({ env: {}, overrides: { appId, privateKey, secret: webhookSecret, baseUrl, logLevel: 'fatal' } });
  const middleware = await createNodeMiddleware(application, { probot, webhooksPath: WEBHOOK_PATH });
  const server = createServer((request, response) => {
    response.on('finish', () => {
      if (response.statusCode >= 400) logger.warn('request refused', { status: response.statusCode });
    });
    answer(request, response, middleware).catch((error: unknown) => {
      // Anybody can break a request off: that must not end the App.
      logger.warn('request broken off', { reason: error instanceof Error ? error.message : String(error) });
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(400, { connection: 'close' }).end('request broken off\n');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return { webhookUrl: `http://${host}:${address.port}${WEBHOOK_PATH}`, close: () => closeServer(server) };
}

type Middleware = Awaited<ReturnType<typeof createNodeMiddleware>>;

async function answer(request: IncomingMessage, response: ServerResponse, middleware: Middleware): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end('payload too large\n');
    return;
  }
  // Probot takes a body that was read before as text.
  const whole = Object.assign(request, { body: body.toString('utf8') });
  await middleware(whole, response, () => response.writeHead(404).end());
}

/** null as soon as the body is larger than allowed, whatever its length header says. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
