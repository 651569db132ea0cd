import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { outliveReader } from '../../../bot/roots/outlive-reader.ts';

const CLI = fileURLToPath(new URL('../../../bot/cli.ts', import.meta.url));

test('a command whose reader has gone ends without a word and with its own exit code', async () => {
  const child = spawn(process.execPath, [CLI, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));

  const code = await new Promise((done) => child.on('close', done));

  expect({ code, said: Buffer.concat(said).toString('utf8') }).toEqual({ code: 0, said: '' });
});

test('other errors of the stream are not hidden', () => {
  const output = new EventEmitter();
  let gone = 0;
  outliveReader(output, () => {
    gone += 1;
  });

  output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));

  expect(gone).toBe(1);
  expect(() => output.emit('error', Object.assign(new Error('disk full'), { code: 'ENOSPC' }))).toThrow('disk full');
});
