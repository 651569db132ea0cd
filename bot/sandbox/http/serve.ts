import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { serveGit } from '../git/serve-git.ts';
import { graphqlRoutes } from '../graphql/graphql-route.ts';
import { servePage } from '../pages/serve-page.ts';
import { serveSite } from '../pages/serve-site.ts';
import { allRoutes } from '../rest/all-routes.ts';
import type { World } from '../store/world.ts';
import { createRateMeter } from './rate-meter.ts';
import { createRouter } from './router.ts';
import { type Api, serveApi } from './serve-api.ts';

/** Base64 of 40 MB, GitHub's limit for one commit by GraphQL, with room. */
const MAXIMUM_BODY_BYTES = 64 * 1024 * 1024;

/** The one HTTP server: git, Pages, HTML pages, and REST with GraphQL. */
export function createSandboxServer(world: World): Server {
  const api: Api = { world, router: createRouter([...graphqlRoutes(), ...allRoutes()]), meter: createRateMeter(world) };
  return createServer((request, response) => {
    answer(api, request, response).catch((problem: unknown) => {
      const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`SANDBOX BUG: ${text}`);
    });
  });
}

async function answer(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = api;
  if (!isLoopback(request.headers.host)) return refuse(response, 421, 'The sandbox answers to loopback names only.');
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const home = `/${world.settings.owner}/${world.settings.name}`;
  const path = url.pathname;
  if (path.startsWith(`${home}.git/`))
    return serveGit(world, { request, response, path: path.slice(home.length + 4), query: url.search.slice(1) });
  if (path.startsWith(`/pages${home}/`) || path === `/pages${home}`) return serveSite(world, response, path);
  const raw = await readBody(request);
  if (raw === null) return refuse(response, 413, 'The request body is too large.');
  const wantsPage = path === '/' && (request.headers.accept ?? '').includes('text/html');
  if (wantsPage) return void response.writeHead(302, { location: home }).end();
  if (path === home || path.startsWith(`${home}/`)) return servePage(world, { request, response, path: path.slice(home.length), raw });
  const apiPath = path.replace(/^\/api\/graphql$/, '/graphql').replace(/^\/api\/v3(?=\/|$)/, '') || '/';
  return serveApi(api, { request, response, url, path: apiPath.length > 1 ? apiPath.replace(/\/$/, '') : apiPath, raw });
}

/** Against DNS rebinding: a page of another site cannot reach us under its own name. */
function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|[a-z0-9.-]+\.localhost)(:\d+)?$/i.test(host ?? '');
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`${message}\n`);
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAXIMUM_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
