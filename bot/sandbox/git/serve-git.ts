import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { announceRefs } from '../domain/announce-refs.ts';
import { pushRefusal } from '../domain/protection.ts';
import { ApiError } from '../http/api-error.ts';
import { authenticate } from '../http/authenticate.ts';
import { reaches } from '../http/authorise.ts';
import type { Principal } from '../http/call.ts';
import type { World } from '../store/world.ts';
import { gitEnvironment } from './run-git.ts';

export interface GitRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** After /<owner>/<repo>.git */
  readonly path: string;
  readonly query: string;
}

/** Clone and push over HTTP: `git http-backend` behind the tokens and the branch protection of the sandbox. */
export async function serveGit(world: World, asked: GitRequest): Promise<void> {
  const isPush = asked.path.endsWith('/git-receive-pack') || asked.query.includes('service=git-receive-pack');
  const login = admit(world, asked, isPush);
  if (login === null) return;
  if (!asked.path.endsWith('/git-receive-pack')) return backend(world, asked, login);
  await world.exclusively(async () => {
    const before = await refsOf(world);
    await backend(world, asked, login);
    const after = await refsOf(world);
    const names = new Set([...before.keys(), ...after.keys()]);
    const moved = [...names].map((ref) => ({ ref, before: before.get(ref) ?? null, after: after.get(ref) ?? null }));
    await announceRefs(
      world,
      login,
      moved.filter((one) => one.before !== one.after),
    );
  });
}

/** The login that may go on; null when the refusal is sent already. */
function admit(world: World, asked: GitRequest, isPush: boolean): string | null {
  try {
    const principal = authenticate(world, asked.request.headers.authorization);
    if (mayDo(world, principal, isPush)) return 'account' in principal ? principal.account.login : 'anonymous';
    if (principal.kind !== 'anonymous') return refuse(asked.response, 403, 'Write access to repository not granted.');
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
  }
  asked.response.setHeader('www-authenticate', 'Basic realm="GitHub"');
  return refuse(asked.response, 401, 'Authentication required');
}

function refuse(response: ServerResponse, status: number, message: string): null {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${message}\n`);
  return null;
}

function mayDo(world: World, principal: Principal, isPush: boolean): boolean {
  if (principal.kind === 'app') return false;
  if (principal.kind === 'anonymous') return !isPush && !world.settings.private;
  if (principal.kind === 'person')
    return isPush ? reaches(principal.account.role, 'write') : principal.account.role !== null || !world.settings.private;
  const contents = principal.permissions['contents'];
  return contents === 'write' || (contents === 'read' && !isPush);
}

async function refsOf(world: World): Promise<ReadonlyMap<string, string>> {
  return new Map((await world.git.listRefs('refs/')).map((one) => [one.ref, one.oid]));
}

function backend(world: World, asked: GitRequest, login: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], { env: backendEnvironment(world, asked, login) });
    const gzipped = asked.request.headers['content-encoding'] === 'gzip';
    child.stdin.on('error', () => undefined);
    (gzipped ? asked.request.pipe(createGunzip()) : asked.request).pipe(child.stdin);
    relay(child.stdout, asked.response);
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => {
      if (!asked.response.headersSent) asked.response.writeHead(500);
      asked.response.end();
      resolve();
    });
  });
}

function backendEnvironment(world: World, asked: GitRequest, login: string): NodeJS.ProcessEnv {
  const { protection } = world.settings;
  const refused = protection === null ? null : pushRefusal(world, `refs/heads/${protection.branch}`, login);
  return {
    ...gitEnvironment(),
    GIT_PROJECT_ROOT: world.git.path,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: asked.path,
    QUERY_STRING: asked.query,
    REQUEST_METHOD: asked.request.method ?? 'GET',
    CONTENT_TYPE: asked.request.headers['content-type'] ?? '',
    GIT_PROTOCOL: String(asked.request.headers['git-protocol'] ?? ''),
    REMOTE_USER: login,
    // Read by the update hook that seedRepository installs.
    SANDBOX_REFUSED_REF: refused === null || protection === null ? '' : `refs/heads/${protection.branch}`,
  };
}

/** Turns the CGI answer into an HTTP answer. The body of a large fetch is streamed. */
function relay(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | null = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (head === null) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = head.subarray(0, end).toString('latin1').split('\r\n');
    let status = 200;
    for (const line of headers) {
      const [name = '', value = ''] = line.split(/:\s*(.*)/s);
      if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
    head = null;
  });
}
