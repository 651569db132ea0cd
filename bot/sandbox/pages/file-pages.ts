import { diffFiles } from '../git/diff-files.ts';
import { repositoryWeb } from '../json/account-json.ts';
import type { World } from '../store/world.ts';
import { fileBlock } from './file-block.ts';
import { type Html, html } from './html.ts';

const LARGEST_TEXT = 500_000;

/** A file or folder: `address` is <branch, tag or commit>/<path>, percent-encoded. null when there is none. */
export async function filePage(world: World, address: string): Promise<Html | null> {
  const place = await placeOf(world, address);
  if (place === null) return null;
  const { name, commit, path } = place;
  const object = await world.git.read(`${commit}:${path}`);
  if (object === null) return null;
  const heading = html`<h1>${path === '' ? name : path}</h1><p class="quiet"><a href="${repositoryWeb(world)}/tree/${encodePath(name)}">${name}</a> at <a href="${repositoryWeb(world)}/commit/${commit}"><code>${commit.slice(0, 12)}</code></a></p>`;
  if (object.type === 'tree') return html`${heading}${await folderTable(world, { name, path, oid: object.oid })}`;
  return html`${heading}${textOf(object.content)}`;
}

/** A commit with its message, parents and changed files; null when the id is none. */
export async function commitPage(world: World, oid: string): Promise<Html | null> {
  const commit = await world.git.commit(oid);
  if (commit === null) return null;
  const [title = '', ...rest] = commit.message.trimEnd().split('\n');
  const [parent] = commit.parents;
  const home = repositoryWeb(world);
  const parents = commit.parents.map((one) => html` <a href="${home}/commit/${one}"><code>${one.slice(0, 12)}</code></a>`);
  const files = parent === undefined ? [] : (await diffFiles(world.git, parent, oid)).map(fileBlock);
  return html`<h1>${title}</h1>${rest.length === 0 ? null : html`<pre>${rest.join('\n').trim()}</pre>`}
<p class="quiet"><code>${oid}</code> by ${commit.author.name}. ${parent === undefined ? 'No parent: the history begins here.' : html`Parent:${parents}.`} <a href="${home}/tree/${oid}">All files</a></p>
${files}`;
}

/** A path or the name of a branch as part of an address. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Names may hold slashes, as paths do: the shortest beginning that names a branch, tag or commit is the name. */
async function placeOf(world: World, address: string): Promise<{ name: string; commit: string; path: string } | null> {
  const parts = decoded(address)?.split('/') ?? [];
  for (let length = 1; length <= parts.length; length += 1) {
    const name = parts.slice(0, length).join('/');
    const isId = /^[0-9a-f]{40}$/.test(name);
    const ref = isId ? name : ((await world.git.resolve(`refs/heads/${name}`)) ?? (await world.git.resolve(`refs/tags/${name}`)));
    const object = ref === null ? null : await world.git.read(`${ref}^{commit}`);
    if (object !== null) return { name, commit: object.oid, path: parts.slice(length).join('/') };
  }
  return null;
}

function decoded(address: string): string | null {
  try {
    return decodeURIComponent(address);
  } catch {
    return null;
  }
}

async function folderTable(world: World, folder: { name: string; path: string; oid: string }): Promise<Html> {
  const entries = (await world.git.tree(folder.oid)) ?? [];
  const base = [folder.name, ...(folder.path === '' ? [] : [folder.path])].join('/');
  const rows = entries.map(({ name, mode }) => {
    const address = `${repositoryWeb(world)}/tree/${encodePath(`${base}/${name}`)}`;
    return html`<tr><td><a href="${address}">${name}</a><td class="quiet">${mode === '040000' ? 'folder' : 'file'}</tr>`;
  });
  return html`<table><thead><tr><th>Name<th>Kind</tr></thead><tbody>${rows}</tbody></table>`;
}

function textOf(content: Buffer): Html {
  if (content.length > LARGEST_TEXT || content.includes(0))
    return html`<p class="quiet">Binary, or too large to show: ${content.length} bytes.</p>`;
  return html`<pre>${content.toString('utf8')}</pre>`;
}
