export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 */
  readonly date: string;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export function parseCommit(content: Buffer): Commit {
  const text = content.toString('utf8');
  const split = text.indexOf('\n\n');
  const lines = (split < 0 ? text : text.slice(0, split)).split('\n');
  const values = (key: string) => lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: parseSignature(values('author')[0] ?? ''),
    committer: parseSignature(values('committer')[0] ?? ''),
    message: split < 0 ? '' : text.slice(split + 2),
  };
}

export function renderCommit(commit: Commit): Buffer {
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join('');
  const people = `author ${renderSignature(commit.author)}\ncommitter ${renderSignature(commit.committer)}\n`;
  return Buffer.from(`tree ${commit.tree}\n${parents}${people}\n${commit.message}`);
}

export function renderSignature(signature: Signature): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(signature.name)} <${clean(signature.email)}> ${Math.floor(Date.parse(signature.date) / 1000)} +0000`;
}

function parseSignature(line: string): Signature {
  const found = /^(.*) <(.*)> (\d+) ([+-]\d{4})$/.exec(line);
  const date = new Date(Number(found?.[3] ?? 0) * 1000).toISOString().replace('.000Z', 'Z');
  return { name: found?.[1] ?? '', email: found?.[2] ?? '', date };
}
