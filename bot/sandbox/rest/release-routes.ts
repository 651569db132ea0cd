import { moveRefs } from '../domain/move-refs.ts';
import { invalid, notFound } from '../http/api-error.ts';
import { flag, oneOf, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, type Call, created, get, ok, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from '../json/account-json.ts';
import type { Release } from '../store/work-entities.ts';
import { resolveCommit } from './resolve-commit.ts';

const BASE = '/repos/{owner}/{repo}';

export function releaseRoutes(): readonly Route[] {
  const release = {
    tag_name: required(text()),
    target_commitish: text(),
    name: text(),
    body: text(),
    draft: flag(),
    prerelease: flag(),
    generate_release_notes: flag(),
    make_latest: oneOf('true', 'false', 'legacy'),
  };
  return [
    get(`${BASE}/releases`, [['contents', 'read']], (call) =>
      paginate(call, [...call.world.releases.all()].reverse(), (row) => releaseJson(call, row)),
    ),
    get(`${BASE}/releases/tags/{tag+}`, [['contents', 'read']], releaseOfTag),
    { method: 'POST', path: `${BASE}/releases`, right: [['contents', 'write']], body: release, run: createRelease },
  ];
}

async function createRelease(call: Call): Promise<Answer> {
  const { world, body } = call;
  const tagName = String(body['tag_name']);
  if (world.releases.find((row) => row.tagName === tagName) !== null)
    throw invalid({ resource: 'Release', code: 'already_exists', field: 'tag_name' });
  const tag = await world.git.resolve(`refs/tags/${tagName}`);
  const target = (body['target_commitish'] as string | undefined) ?? 'main';
  if (tag === null && body['draft'] !== true) {
    await moveRefs(world, actorOf(call), [{ ref: `refs/tags/${tagName}`, before: null, after: await resolveCommit(world, target) }]);
  }
  const row = world.releases.put({
    id: world.nextId(),
    tagName,
    target,
    name: (body['name'] as string | undefined) ?? null,
    body: (body['body'] as string | undefined) ?? null,
    draft: body['draft'] === true,
    prerelease: body['prerelease'] === true,
    author: actorOf(call),
    createdAt: world.now(),
  });
  return created(releaseJson(call, row));
}

function releaseOfTag(call: Call): Answer {
  const row = call.world.releases.find((one) => one.tagName === call.params['tag']);
  if (row === null) throw notFound();
  return ok(releaseJson(call, row));
}

function releaseJson(call: Call, row: Release): Json {
  const url = `${repositoryApi(call.world)}/releases/${row.id}`;
  return {
    url,
    html_url: `${repositoryWeb(call.world)}/releases/tag/${row.tagName}`,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    id: row.id,
    node_id: nodeId('RE', row.id),
    tag_name: row.tagName,
    target_commitish: row.target,
    name: row.name,
    body: row.body,
    draft: row.draft,
    prerelease: row.prerelease,
    created_at: row.createdAt,
    published_at: row.draft ? null : row.createdAt,
    author: accountJson(call.world, row.author),
    assets: [],
    tarball_url: null,
    zipball_url: null,
  };
}
