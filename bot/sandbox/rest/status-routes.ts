import { oneOf, orNull, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, type Call, created, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { type Json, repositoryApi } from '../json/account-json.ts';
import { simpleStatusJson, statusJson } from '../json/check-json.ts';
import { commitJson } from '../json/commit-json.ts';
import { minimalRepositoryJson } from '../json/repository-json.ts';
import type { CommitStatus } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { resolveCommit } from './resolve-commit.ts';

const BASE = '/repos/{owner}/{repo}';
const READ: Right = [['statuses', 'read']];
const WRITE: Right = [['statuses', 'write']];

/** Commit statuses: the older way to say how a commit fares. */
export function statusRoutes(): readonly Route[] {
  const status = {
    state: required(oneOf('error', 'failure', 'pending', 'success')),
    target_url: orNull(text()),
    description: orNull(text(140)),
    context: text(),
  };
  return [
    { method: 'POST', path: `${BASE}/statuses/{sha}`, right: WRITE, body: status, run: createStatus },
    get(`${BASE}/commits/{ref+}/statuses`, READ, listStatuses),
    get(`${BASE}/commits/{ref+}/status`, READ, combinedStatus),
  ];
}

async function createStatus(call: Call): Promise<Answer> {
  const { world, body } = call;
  const sha = await resolveCommit(world, call.params['sha'] ?? '');
  const status = world.statuses.put({
    id: world.nextId(),
    sha,
    context: (body['context'] as string | undefined) ?? 'default',
    state: body['state'] as 'success',
    description: (body['description'] as string | null) ?? null,
    targetUrl: (body['target_url'] as string | null) ?? null,
    creator: actorOf(call),
    createdAt: world.now(),
  });
  world.emit({ event: 'status', action: null, actor: actorOf(call), payload: await statusEvent(world, status) });
  return created(statusJson(world, status));
}

async function statusEvent(world: World, status: CommitStatus): Promise<Json> {
  const { node_id: _node, url: _url, ...shown } = simpleStatusJson(world, status);
  const commit = await world.git.commit(status.sha);
  return {
    ...shown,
    sha: status.sha,
    name: `${world.settings.owner}/${world.settings.name}`,
    commit: commit === null ? null : commitJson(world, status.sha, commit),
    branches: [],
  };
}

async function statusesOf(call: Call) {
  const sha = await resolveCommit(call.world, call.params['ref'] ?? '');
  return { sha, rows: [...call.world.statuses.filter((status) => status.sha === sha)].reverse() };
}

async function listStatuses(call: Call): Promise<Answer> {
  return paginate(call, (await statusesOf(call)).rows, (status) => statusJson(call.world, status));
}

async function combinedStatus(call: Call): Promise<Answer> {
  const { sha, rows } = await statusesOf(call);
  const newest = rows.filter((row) => rows.find((other) => other.context === row.context)?.id === row.id);
  const failed = newest.some((row) => row.state === 'failure' || row.state === 'error');
  const pending = newest.length === 0 || newest.some((row) => row.state === 'pending');
  const commit = `${repositoryApi(call.world)}/commits/${sha}`;
  return ok({
    state: failed ? 'failure' : pending ? 'pending' : 'success',
    sha,
    total_count: newest.length,
    statuses: newest.map((row) => simpleStatusJson(call.world, row)),
    repository: minimalRepositoryJson(call.world),
    commit_url: commit,
    url: `${commit}/status`,
  });
}
