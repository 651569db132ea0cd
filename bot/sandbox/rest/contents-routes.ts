import { ApiError, notFound } from '../http/api-error.ts';
import { type Answer, type Call, get, ok, type Right, type Route } from '../http/call.ts';
import { type Json, repositoryApi, repositoryWeb } from '../json/account-json.ts';
import { resolveCommit } from './resolve-commit.ts';

const MAXIMUM_JSON_BYTES = 1_000_000;
const MAXIMUM_RAW_BYTES = 100_000_000;
const READ: Right = [['contents', 'read']];

/** Reading files and folders by path. Writing goes through git data or GraphQL: the Contents API allows no parallel writes. */
export function contentsRoutes(): readonly Route[] {
  return [
    get('/repos/{owner}/{repo}/contents/{path+}', READ, contents),
    get('/repos/{owner}/{repo}/contents', READ, contents),
    get('/repos/{owner}/{repo}/contents/', READ, contents),
  ];
}

async function contents(call: Call): Promise<Answer> {
  const { world } = call;
  const path = (call.params['path'] ?? '').replace(/^\/+|\/+$/g, '');
  const name = call.query.get('ref') ?? 'main';
  const commit = await resolveCommit(world, name).catch(() => null);
  if (commit === null) throw new ApiError(404, `No commit found for the ref ${name}`);
  const object = await world.git.read(`${commit}:${path}`);
  if (object === null) throw notFound();
  if (object.type === 'tree') return folder(call, { path, name, oid: object.oid });
  if (call.accept.includes('raw')) {
    if (object.content.length > MAXIMUM_RAW_BYTES) throw new ApiError(403, 'This API returns blobs up to 100 MB in size.');
    return { status: 200, bytes: object.content, type: 'application/vnd.github.raw+json; charset=utf-8' };
  }
  const large = object.content.length > MAXIMUM_JSON_BYTES;
  const entry = entryJson(call, { path, name, oid: object.oid, type: 'file', size: object.content.length });
  return ok({ ...entry, content: large ? '' : lines(object.content), encoding: large ? 'none' : 'base64' });
}

async function folder(call: Call, asked: { path: string; name: string; oid: string }): Promise<Answer> {
  const entries = (await call.world.git.tree(asked.oid)) ?? [];
  const rows = entries.slice(0, 1000).map(async (entry) => {
    const isTree = entry.mode === '040000';
    const size = isTree ? 0 : ((await call.world.git.read(entry.oid))?.content.length ?? 0);
    const path = asked.path === '' ? entry.name : `${asked.path}/${entry.name}`;
    return entryJson(call, { path, name: asked.name, oid: entry.oid, type: isTree ? 'dir' : 'file', size });
  });
  return ok(await Promise.all(rows));
}

function entryJson(call: Call, entry: { path: string; name: string; oid: string; type: string; size: number }): Json {
  const escaped = entry.path.split('/').map(encodeURIComponent).join('/');
  const url = `${repositoryApi(call.world)}/contents/${escaped}?ref=${encodeURIComponent(entry.name)}`;
  const git = `${repositoryApi(call.world)}/git/${entry.type === 'dir' ? 'trees' : 'blobs'}/${entry.oid}`;
  const html = `${repositoryWeb(call.world)}/blob/${entry.name}/${escaped}`;
  const name = entry.path.split('/').at(-1) ?? '';
  return {
    type: entry.type,
    name,
    path: entry.path,
    sha: entry.oid,
    size: entry.size,
    url,
    git_url: git,
    html_url: html,
    download_url: null,
    _links: { self: url, git, html },
  };
}

/** Base64 in lines of 60 characters, as GitHub writes it. */
function lines(content: Buffer): string {
  return content
    .toString('base64')
    .replace(/(.{60})/g, '$1\n')
    .concat('\n');
}
