import { diffFiles } from '../git/diff-files.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { type Answer, type Call, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { type Json, repositoryWeb } from '../json/account-json.ts';
import { commitJson } from '../json/commit-json.ts';
import { fileJson } from '../json/pull-json.ts';
import { resolveCommit } from './resolve-commit.ts';

const BASE = '/repos/{owner}/{repo}';
const CONTENTS: Right = [['contents', 'read']];

export function commitRoutes(): readonly Route[] {
  return [
    get(`${BASE}/commits`, CONTENTS, listCommits),
    get(`${BASE}/commits/{ref+}`, CONTENTS, oneCommit),
    get(`${BASE}/compare/{basehead+}`, CONTENTS, compare),
  ];
}

async function listCommits(call: Call): Promise<Answer> {
  const { world, query } = call;
  const sha = await resolveCommit(world, query.get('sha') ?? 'main');
  const path = query.get('path');
  const text = await world.git.text(['rev-list', '--max-count=3000', sha, ...(path === null ? [] : ['--', path])]);
  const rows = text.split('\n').filter((line) => line !== '');
  return paginate(call, rows, (row) => rendered(call, row));
}

async function oneCommit(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call.world, call.params['ref'] ?? '');
  if (call.accept.includes('sha')) return { status: 200, bytes: Buffer.from(sha), type: 'application/vnd.github.sha; charset=utf-8' };
  const commit = await call.world.git.commit(sha);
  const empty = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const files = await diffFiles(call.world.git, commit?.parents[0] ?? empty, sha);
  return ok({ ...(await rendered(call, sha)), files: files.map((file) => fileJson(call.world, file, sha)) });
}

async function rendered(call: Call, sha: string): Promise<Json> {
  const commit = await call.world.git.commit(sha);
  return commit === null ? {} : commitJson(call.world, sha, commit);
}

async function compare(call: Call): Promise<Answer> {
  const { world } = call;
  const [baseName = '', headName = ''] = (call.params['basehead'] ?? '').split('...');
  if (headName === '') throw notFound();
  const [base, head] = await Promise.all([resolveCommit(world, baseName), resolveCommit(world, headName)]);
  const fork = await world.git.mergeBase(base, head);
  if (fork === null) throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
  const [ahead, behind, files] = await Promise.all([
    world.git.commitsBetween(base, head),
    world.git.commitsBetween(head, base),
    diffFiles(world.git, fork, head),
  ]);
  const status = ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical';
  const shown = await Promise.all([...ahead].reverse().map((sha) => rendered(call, sha)));
  const html = `${repositoryWeb(world)}/compare/${baseName}...${headName}`;
  return ok({
    url: call.url.href,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await rendered(call, base),
    merge_base_commit: await rendered(call, fork),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: shown,
    files: files.slice(0, 300).map((file) => fileJson(world, file, head)),
  });
}
