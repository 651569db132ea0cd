import { signatureOf, writeHostedCommit } from '../domain/write-commit.ts';
import { renderSignature, type Signature } from '../git/commit.ts';
import { editTree, TreeEditError } from '../git/edit-tree.ts';
import { writeObject } from '../git/write-object.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { listOf, oneOf, orNull, record, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, type Call, created, get, ok, type Right, type Route } from '../http/call.ts';
import { type Json, repositoryApi } from '../json/account-json.ts';
import { gitCommitJson } from '../json/commit-json.ts';
import type { World } from '../store/world.ts';

const BASE = '/repos/{owner}/{repo}/git';
const READ: Right = [['contents', 'read']];
const WRITE: Right = [['contents', 'write']];
const PERSON = record({ name: required(text()), email: required(text()), date: text() });
/** GitHub cuts a recursive listing here. */
const MAXIMUM_ENTRIES = 100_000;

export function gitObjectRoutes(): readonly Route[] {
  const entry = record({
    path: required(text()),
    mode: required(oneOf('100644', '100755', '040000', '160000', '120000')),
    type: oneOf('blob', 'tree', 'commit'),
    sha: orNull(text()),
    content: text(),
  });
  const commit = {
    message: required(text()),
    tree: required(text()),
    parents: listOf(text()),
    author: PERSON,
    committer: PERSON,
    signature: text(),
  };
  const tag = {
    tag: required(text()),
    message: required(text()),
    object: required(text()),
    type: required(oneOf('commit', 'tree', 'blob')),
    tagger: PERSON,
  };
  return [
    get(`${BASE}/blobs/{sha}`, READ, readBlob),
    {
      method: 'POST',
      path: `${BASE}/blobs`,
      right: WRITE,
      body: { content: required(text()), encoding: oneOf('utf-8', 'base64') },
      run: createBlob,
    },
    get(`${BASE}/trees/{sha+}`, READ, readTree),
    { method: 'POST', path: `${BASE}/trees`, right: WRITE, body: { tree: required(listOf(entry)), base_tree: text() }, run: createTree },
    get(`${BASE}/commits/{sha}`, READ, readCommit),
    { method: 'POST', path: `${BASE}/commits`, right: WRITE, body: commit, run: createCommit },
    { method: 'POST', path: `${BASE}/tags`, right: WRITE, body: tag, run: createTag },
  ];
}

async function readBlob(call: Call): Promise<Answer> {
  const object = await call.world.git.read(call.params['sha'] ?? '');
  if (object?.type !== 'blob') throw notFound();
  if (call.accept.includes('raw')) return { status: 200, bytes: object.content, type: 'application/vnd.github.raw+json; charset=utf-8' };
  return ok({
    sha: object.oid,
    node_id: `B_${object.oid}`,
    size: object.content.length,
    url: `${repositoryApi(call.world)}/git/blobs/${object.oid}`,
    content: object.content.toString('base64'),
    encoding: 'base64',
  });
}

function createBlob(call: Call): Answer {
  const encoding = call.body['encoding'] === 'base64' ? 'base64' : 'utf8';
  const sha = call.world.git.writeBlob(Buffer.from(String(call.body['content']), encoding));
  return created({ sha, url: `${repositoryApi(call.world)}/git/blobs/${sha}` });
}

async function readTree(call: Call): Promise<Answer> {
  const { world } = call;
  const asked = call.params['sha'] ?? '';
  const object = (await world.git.read(`${asked}^{tree}`)) ?? null;
  if (object === null) throw notFound();
  const recursive = call.query.has('recursive');
  const text = await world.git.text(['ls-tree', '-z', '--long', ...(recursive ? ['-r', '-t'] : []), object.oid]);
  const rows = text.split('\0').filter((line) => line !== '');
  const tree = rows.slice(0, MAXIMUM_ENTRIES).map((line) => treeRow(world, line));
  return ok({ sha: object.oid, url: `${repositoryApi(world)}/git/trees/${object.oid}`, tree, truncated: rows.length > MAXIMUM_ENTRIES });
}

function treeRow(world: World, line: string): Json {
  const tab = line.indexOf('\t');
  const [mode = '', type = '', sha = '', size = ''] = line.slice(0, tab).split(/ +/);
  return {
    path: line.slice(tab + 1),
    mode,
    type,
    sha,
    ...(type === 'blob' ? { size: Number(size) } : {}),
    url: `${repositoryApi(world)}/git/${type}s/${sha}`,
  };
}

interface WantedEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha?: string | null;
  readonly content?: string;
}

async function createTree(call: Call): Promise<Answer> {
  const { world } = call;
  const wanted = call.body['tree'] as readonly WantedEntry[];
  const edits = new Map<string, { mode: string; oid: string } | null>();
  for (const entry of wanted) edits.set(entry.path, await editOf(world, entry));
  const base =
    call.body['base_tree'] === undefined ? null : ((await world.git.read(`${String(call.body['base_tree'])}^{tree}`))?.oid ?? null);
  if (call.body['base_tree'] !== undefined && base === null) throw new ApiError(422, 'base_tree is not a tree');
  try {
    const sha = await editTree(world.git, base, edits);
    const entries = (await world.git.tree(sha)) ?? [];
    const tree = entries.map((entry) => ({
      path: entry.name,
      mode: entry.mode,
      type: entry.mode === '040000' ? 'tree' : 'blob',
      sha: entry.oid,
    }));
    return created({ sha, url: `${repositoryApi(world)}/git/trees/${sha}`, tree, truncated: false });
  } catch (problem) {
    if (problem instanceof TreeEditError) throw new ApiError(422, `GitRPC::BadObjectState: ${problem.message}`);
    throw problem;
  }
}

async function editOf(world: World, entry: WantedEntry): Promise<{ mode: string; oid: string } | null> {
  if (entry.content !== undefined) return { mode: entry.mode, oid: world.git.writeBlob(Buffer.from(entry.content)) };
  if (entry.sha === null) return null;
  const object = entry.sha === undefined ? null : await world.git.read(entry.sha);
  const expected = entry.mode === '040000' ? 'tree' : entry.mode === '160000' ? 'commit' : 'blob';
  if (object === null || object.type !== expected) throw new ApiError(422, `tree.sha ${entry.sha ?? ''} is not a valid ${expected}`);
  return { mode: entry.mode, oid: object.oid };
}

async function readCommit(call: Call): Promise<Answer> {
  const sha = call.params['sha'] ?? '';
  const commit = /^[0-9a-f]{40}$/.test(sha) ? await call.world.git.commit(sha) : null;
  if (commit === null) throw notFound();
  return ok(gitCommitJson(call.world, sha, commit));
}

async function createCommit(call: Call): Promise<Answer> {
  const { world, body } = call;
  const tree = String(body['tree']);
  const parents = (body['parents'] ?? []) as readonly string[];
  if ((await world.git.tree(tree)) === null) throw new ApiError(422, 'Tree SHA does not exist');
  for (const parent of parents)
    if ((await world.git.commit(parent)) === null) throw new ApiError(422, 'Parent SHA does not exist or is not a commit object');
  const custom = body['author'] !== undefined || body['committer'] !== undefined;
  const message = String(body['message']);
  const author = signature(call, body['author']);
  const sha = custom
    ? world.git.writeCommit({
        tree,
        parents,
        message,
        author,
        committer: body['committer'] === undefined ? author : signature(call, body['committer']),
      })
    : writeHostedCommit(world, { tree, parents, message, author: actorOf(call) });
  const commit = await world.git.commit(sha);
  if (commit === null) throw new Error(`the commit ${sha} was not written`);
  return created(gitCommitJson(world, sha, commit));
}

function signature(call: Call, given: unknown): Signature {
  const usual = signatureOf(call.world, actorOf(call));
  return given === undefined ? usual : { ...usual, ...(given as Partial<Signature>) };
}

async function createTag(call: Call): Promise<Answer> {
  const { world, body } = call;
  const object = await world.git.read(String(body['object']));
  if (object === null || object.type !== body['type']) throw new ApiError(422, 'Object does not exist');
  const tagger = signature(call, body['tagger']);
  const content = `object ${object.oid}\ntype ${object.type}\ntag ${String(body['tag'])}\ntagger ${renderSignature(tagger)}\n\n${String(body['message'])}\n`;
  const sha = writeObject(world.git.path, 'tag', Buffer.from(content));
  return created({
    sha,
    node_id: `TA_${sha}`,
    tag: body['tag'],
    message: body['message'],
    tagger,
    url: `${repositoryApi(world)}/git/tags/${sha}`,
    object: { sha: object.oid, type: object.type, url: `${repositoryApi(world)}/git/${object.type}s/${object.oid}` },
  });
}
