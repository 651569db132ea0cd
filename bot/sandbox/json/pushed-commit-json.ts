import type { World } from '../store/world.ts';
import { accountJson, type Json, repositoryWeb } from './account-json.ts';

/** `commits[]` of a push event; null when there is no such commit. */
export async function pushedCommitJson(world: World, sha: string): Promise<Json | null> {
  const commit = await world.git.commit(sha);
  if (commit === null) return null;
  const raw = await world.git.text(['diff-tree', '-r', '-m', '--first-parent', '--root', '--no-commit-id', '--name-status', '-z', sha]);
  const fields = raw.split('\0');
  const paths = (letter: string) =>
    fields.flatMap((field, index) => (index % 2 === 0 && field === letter ? [fields[index + 1] ?? ''] : []));
  return {
    id: sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.replace(/\n$/, ''),
    timestamp: commit.committer.date,
    url: `${repositoryWeb(world)}/commit/${sha}`,
    author: personJson(world, commit.author),
    committer: personJson(world, commit.committer),
    added: paths('A'),
    removed: paths('D'),
    modified: paths('M'),
  };
}

/** `simple-commit`: what suites show of their head. */
export async function headCommitJson(world: World, sha: string): Promise<Json | null> {
  const commit = await world.git.commit(sha);
  if (commit === null) return null;
  const { author, committer } = commit;
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message.replace(/\n$/, ''),
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

function personJson(world: World, who: { name: string; email: string }): Json {
  const login = /^\d+\+(.+)@users/.exec(who.email)?.[1];
  return { name: who.name, email: who.email, ...(login === undefined ? {} : { username: accountJson(world, login)['login'] }) };
}
