import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './run-git.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

export interface ObjectReader {
  /** An object id or an expression such as `main:models/x.yml`; null when there is no such object. */
  read(expression: string): Promise<GitObject | null>;
  close(): void;
}

interface Waiting {
  readonly resolve: (object: GitObject | null) => void;
  readonly reject: (problem: Error) => void;
}

/** Reads through one long-lived `git cat-file --batch`, which answers in the order of the questions. */
export function openObjectReader(repositoryPath: string): ObjectReader {
  const child = spawn('git', ['-C', repositoryPath, 'cat-file', '--batch'], { env: gitEnvironment() });
  const waiting: Waiting[] = [];
  listen(child, waiting);
  return {
    read: (expression) => {
      if (/[\n\r\0]/.test(expression) || expression === '') return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${expression}\n`);
      });
    },
    close: () => child.stdin.end(),
  };
}

function listen(child: ChildProcessWithoutNullStreams, waiting: Waiting[]): void {
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = 0;
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    let rest: Buffer = Buffer.concat(chunks);
    let answer = takeAnswer(rest);
    while ('object' in answer) {
      waiting.shift()?.resolve(answer.object);
      rest = rest.subarray(answer.length);
      answer = takeAnswer(rest);
    }
    chunks = [rest];
    size = rest.length;
    needed = answer.needed;
  });
  child.on('close', () => {
    for (const one of waiting.splice(0)) one.reject(new Error('git cat-file ended'));
  });
  child.on('error', (problem) => {
    for (const one of waiting.splice(0)) one.reject(problem);
  });
}

type Answer = { readonly object: GitObject | null; readonly length: number } | { readonly needed: number };

function takeAnswer(buffer: Buffer): Answer {
  const end = buffer.indexOf(0x0a);
  if (end < 0) return { needed: 0 };
  const header = buffer.subarray(0, end).toString('utf8');
  const found = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(header);
  // "<name> missing" and "<name> ambiguous" come without content.
  if (found === null) return { object: null, length: end + 1 };
  const start = end + 1;
  const length = Number(found[3]);
  if (buffer.length < start + length + 1) return { needed: start + length + 1 };
  const content = Buffer.from(buffer.subarray(start, start + length));
  return { object: { oid: found[1] ?? '', type: found[2] as ObjectType, content }, length: start + length + 1 };
}
