import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a token may do with the repository: null refuses it. */
export type Access = (token: string) => 'read' | 'write' | null;

function tokenOf(request: IncomingMessage): string {
  const [, encoded = ''] = (request.headers.authorization ?? '').split(' ');
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[1] ?? '';
}

function serveGit(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      REMOTE_USER: 'job',
    },
  });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.once('close', () => {
    const whole = Buffer.concat(chunks);
    const end = whole.indexOf('\r\n\r\n');
    for (const line of whole.subarray(0, end).toString('latin1').split('\r\n')) {
      const at = line.indexOf(': ');
      if (line.startsWith('Status')) response.statusCode = Number(line.slice(at + 2, at + 5));
      else response.setHeader(line.slice(0, at), line.slice(at + 2));
    }
    response.end(whole.subarray(end + 4));
  });
}

/** Bare repositories below `root` by git's smart HTTP on loopback: a token with `read` fetches, one with `write` pushes too. */
export async function startFakeGitServer(root: string, access: Access): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const level = access(tokenOf(request));
    const pushes = (request.url ?? '').includes('git-receive-pack');
    if (level === null) response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    else if (pushes && level !== 'write') response.writeHead(403).end('Write access to repository not granted.');
    else serveGit(root, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
