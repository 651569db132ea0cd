import { spawn } from 'node:child_process';
import { extractZip } from './artifact-files.ts';
import { readZip } from './zip.ts';

/** Files of a Pages artifact: a zip that holds one artifact.tar, as upload-pages-artifact makes it, or the files themselves. */
export async function unpackSite(archive: Uint8Array, folder: string): Promise<void> {
  const entries = readZip(archive);
  const tar = entries.length === 1 && entries[0]?.path === 'artifact.tar' ? entries[0].bytes : null;
  if (tar === null) return extractZip(archive, folder);
  await untar(tar, folder);
}

function untar(tar: Uint8Array, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('tar', ['-x', '--no-same-owner', '-C', folder, '-f', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
    let problem = '';
    child.stderr.on('data', (chunk: Buffer) => {
      problem += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar failed: ${problem.trim()}`))));
    child.stdin.on('error', () => undefined);
    child.stdin.end(tar);
  });
}
