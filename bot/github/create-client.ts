import { createAppAuth } from '@octokit/auth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { Logger } from '../../pipelines/ports/logger.ts';

export type GitHubClient = Octokit;

/** Who speaks: a token as it is, or an installation of an App, whose hourly token the client renews by itself. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'installation';
      readonly appId: number;
      readonly privateKey: string;
      readonly installationId: number;
      /** The token reaches this repository and no other; null: all of the installation. */
      readonly repositoryName: string | null;
    }
  | { readonly kind: 'app'; readonly appId: number; readonly privateKey: string };

export interface ClientOptions {
  readonly credentials: Credentials;
  /** `https://api.github.com`, or of an Enterprise Server. */
  readonly baseUrl: string;
  /** `github`: the intervals that GitHub asks for (a write a second, a notification in three). `none` is for the sandbox only. */
  readonly pace: 'github' | 'none';
  readonly logger: Logger;
}

const TIMEOUT_MS = 20_000;
const RATE_LIMIT_RETRIES = 2;
const LONGEST_WAIT_SECONDS = 120;
// 409 is ours to handle (compare-and-swap), 429 belongs to the throttling plugin.
const NOT_RETRIED = [400, 401, 403, 404, 409, 410, 422, 429, 451];

const Client = Octokit.plugin(retry, throttling);

/** A client that retries reads, never repeats a POST by itself, waits where GitHub says wait, and gives up on a silent socket after 20 s. */
export function createClient({ credentials, baseUrl, pace, logger }: ClientOptions): GitHubClient {
  const wait = (seconds: number, _options: object, _client: unknown, tries: number) =>
    tries < RATE_LIMIT_RETRIES && seconds <= LONGEST_WAIT_SECONDS;
  const client = new Client({
    ...authentication(credentials),
    baseUrl,
    userAgent: 'holdfast',
    request: { fetch: fetchWithTimeout },
    retry: { doNotRetry: NOT_RETRIED },
    throttle: { enabled: pace === 'github', onRateLimit: wait, onSecondaryRateLimit: wait },
    log: { debug() {}, info() {}, warn: (message: string) => logger.warn('GitHub client', { message }), error() {} },
  });
  // A POST whose answer was lost may have been obeyed: whoever sent it looks before it asks again.
  client.hook.before('request', (options) => {
    if (options.method === 'POST') options.request = { ...options.request, retries: 0 };
  });
  return client;
}

function authentication(credentials: Credentials): { auth?: unknown; authStrategy?: unknown } {
  if (credentials.kind === 'token') return { auth: credentials.token };
  const { appId, privateKey } = credentials;
  if (credentials.kind === 'app') return { authStrategy: createAppAuth, auth: { appId, privateKey } };
  const { installationId, repositoryName } = credentials;
  const scope = repositoryName === null ? {} : { repositoryNames: [repositoryName] };
  return { authStrategy: createAppAuth, auth: { appId, privateKey, installationId, ...scope } };
}

function fetchWithTimeout(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init?.signal === undefined || init.signal === null ? timeout : AbortSignal.any([init.signal, timeout]);
  return fetch(input, { ...init, signal });
}
