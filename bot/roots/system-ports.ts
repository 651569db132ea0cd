import { randomBytes } from 'node:crypto';
import { instantFromEpoch } from '../../pipelines/core/schema/instant.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Logger } from '../../pipelines/ports/logger.ts';
import type { Random } from '../../pipelines/ports/random.ts';

/** Wall time for both, unless a moment to look from is given. */
export function systemClock(asOf: string | null = null): Clock {
  const wall = () => instantFromEpoch(Math.floor(Date.now() / 1000));
  return { wall, asOf: () => asOf ?? wall() };
}

export const systemRandom: Random = { nonce: () => randomBytes(16).toString('hex') };

/** One JSON line a message. Only what callers pass is written: never a payload, never a token. */
export function jsonLogger(write: (line: string) => void): Logger {
  const log = (level: string) => (message: string, data?: Readonly<Record<string, unknown>>) =>
    write(JSON.stringify({ level, message, ...data }));
  return { info: log('info'), warn: log('warn'), error: log('error') };
}
