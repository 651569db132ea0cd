import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../store/world.ts';
import { ApiError, notFound } from './api-error.ts';
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { type Body, checkBody } from './body-shape.ts';
import type { Answer, Call, Principal } from './call.ts';
import type { RateMeter } from './rate-meter.ts';
import type { Match, Router } from './router.ts';

export interface ApiRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Without /api/v3. */
  readonly path: string;
  readonly raw: Buffer;
}

export interface Api {
  readonly world: World;
  readonly router: Router;
  readonly meter: RateMeter;
}

const CONTENT = /\/(issues|comments|pulls|reviews|merge|releases|check-runs)$/;

/** Answers one REST or GraphQL request. */
export async function serveApi(api: Api, asked: ApiRequest): Promise<void> {
  let token = 'anonymous';
  try {
    const principal = authenticate(api.world, asked.request.headers.authorization);
    token = 'token' in principal ? principal.token : principal.kind;
    const answer = await answerFor(api, asked, principal);
    send(api, asked, { answer, token });
  } catch (problem) {
    send(api, asked, { answer: refusal(problem), token });
  }
}

async function answerFor(api: Api, asked: ApiRequest, principal: Principal): Promise<Answer> {
  const method = asked.request.method === 'HEAD' ? 'GET' : (asked.request.method ?? 'GET');
  const match = api.router(method, asked.path);
  if (match === null || !isOurRepository(api.world, match)) throw notFound();
  authorise(api.world, principal, match.route);
  const call: Call = {
    world: api.world,
    principal,
    params: match.params,
    query: asked.url.searchParams,
    url: asked.url,
    body: match.route.body === null ? {} : checkBody(match.route.body, parseJson(asked.raw)),
    raw: asked.raw,
    accept: asked.request.headers.accept ?? '',
  };
  if (method === 'GET') return match.route.run(call);
  if (CONTENT.test(asked.path) && 'token' in principal) api.meter.countContent(principal.token);
  return api.world.exclusively(async () => match.route.run(call));
}

function isOurRepository(world: World, match: Match): boolean {
  const { owner, repo } = match.params;
  if (owner === undefined || repo === undefined) return true;
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return same(owner, world.settings.owner) && same(repo, world.settings.name);
}

function parseJson(raw: Buffer): Body {
  if (raw.length === 0) return {};
  try {
    return JSON.parse(raw.toString('utf8')) as Body;
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
  }
}

function refusal(problem: unknown): Answer {
  if (problem instanceof ApiError) {
    const body = { message: problem.message, ...(problem.errors === null ? {} : { errors: problem.errors }) };
    return {
      status: problem.status,
      json: { ...body, documentation_url: 'https://docs.github.com/rest', status: String(problem.status) },
      headers: problem.headers,
    };
  }
  // A bug of the sandbox must show as one, never as an answer that GitHub might give.
  const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  return { status: 500, json: { message: `SANDBOX BUG: ${text}` } };
}

function send(api: Api, asked: ApiRequest, { answer, token }: { answer: Answer; token: string }): void {
  const bytes = 'json' in answer ? Buffer.from(JSON.stringify(answer.json)) : Buffer.from(answer.bytes);
  const type = 'json' in answer ? 'application/json; charset=utf-8' : answer.type;
  const readable = answer.status === 200 && (asked.request.method === 'GET' || asked.request.method === 'HEAD');
  const etag = `W/"${createHash('sha256').update(type).update(bytes).digest('hex')}"`;
  const unchanged = readable && asked.request.headers['if-none-match'] === etag;
  const headers: Record<string, string> = {
    ...api.meter.headers(token, unchanged),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': randomUUID(),
    ...(readable ? { etag, 'cache-control': 'private, max-age=60, s-maxage=60' } : {}),
    ...answer.headers,
  };
  if (unchanged) {
    asked.response.writeHead(304, headers).end();
    return;
  }
  if (type !== '') headers['content-type'] = type;
  headers['content-length'] = String(bytes.length);
  asked.response.writeHead(answer.status, headers).end(asked.request.method === 'HEAD' ? undefined : bytes);
}
