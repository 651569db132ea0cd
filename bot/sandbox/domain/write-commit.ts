import type { Signature } from '../git/commit.ts';
import { emailOf } from '../json/commit-json.ts';
import type { World } from '../store/world.ts';

/** The identity that GitHub writes into commits made through its interface. */
export function signatureOf(world: World, login: string): Signature {
  return { name: login, email: emailOf(world, login), date: world.now() };
}

/** Writes a commit the way GitHub does for its interface: authored by the account, committed and signed by GitHub. */
export function writeHostedCommit(
  world: World,
  commit: { tree: string; parents: readonly string[]; message: string; author: string },
): string {
  const committer = { name: 'GitHub', email: 'noreply@github.com', date: world.now() };
  const message = commit.message.endsWith('\n') ? commit.message : `${commit.message}\n`;
  const sha = world.git.writeCommit({
    tree: commit.tree,
    parents: commit.parents,
    message,
    author: signatureOf(world, commit.author),
    committer,
  });
  world.verified.add(sha);
  return sha;
}
