import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface ProcessRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** The whole environment: nothing of the host's is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborting kills the process and everything that it started. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

function linesOf(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', onLine);
  return new Promise((resolve) => lines.once('close', resolve));
}

/** Runs a program in its own process group to its end. Returns the exit code; 137 after an abort. Throws when it cannot start. */
export async function runProcess(request: ProcessRequest): Promise<number> {
  const child = spawn(request.command, request.arguments, {
    cwd: request.folder,
    env: request.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  function kill(): void {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group has ended on its own in the meantime.
    }
  }
  request.signal.addEventListener('abort', kill, { once: true });
  if (request.signal.aborted) kill();
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 137));
  });
  try {
    const [code] = await Promise.all([ended, linesOf(child.stdout, request.onLine), linesOf(child.stderr, request.onLine)]);
    return code;
  } finally {
    request.signal.removeEventListener('abort', kill);
  }
}
