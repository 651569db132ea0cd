import type { World } from '../store/world.ts';
import { ApiError } from './api-error.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface RateMeter {
  /** Counts one request of a token and returns the headers that report it. `free` for 304, which costs nothing. */
  headers(token: string, free: boolean): Readonly<Record<string, string>>;
  /** Counts one content-creating request; throws GitHub's secondary-limit refusal when there were too many. */
  countContent(token: string): void;
}

/** Counts requests a token and hour (5,000; 1,000 for job tokens is not modelled). The primary limit is reported, not enforced. */
export function createRateMeter(world: World): RateMeter {
  const used = new Map<string, { count: number; resetAt: number }>();
  const content = new Map<string, readonly number[]>();
  return {
    headers: (token, free) => {
      const before = used.get(token);
      const fresh = before !== undefined && before.resetAt > world.time() ? before : { count: 0, resetAt: world.time() + HOUR_MS };
      const now = { ...fresh, count: fresh.count + (free ? 0 : 1) };
      used.set(token, now);
      return {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': String(Math.max(0, 5000 - now.count)),
        'x-ratelimit-used': String(now.count),
        'x-ratelimit-reset': String(Math.ceil(now.resetAt / 1000)),
        'x-ratelimit-resource': 'core',
      };
    },
    countContent: (token) => {
      const limit = world.settings.throttle?.contentPerMinute;
      if (limit === undefined) return;
      const recent = (content.get(token) ?? []).filter((at) => at > world.time() - MINUTE_MS);
      const oldest = recent[0];
      if (recent.length >= limit && oldest !== undefined)
        throw secondaryLimit(Math.max(1, Math.ceil((oldest + MINUTE_MS - world.time()) / 1000)));
      content.set(token, [...recent, world.time()]);
    },
  };
}

function secondaryLimit(retryAfterSeconds: number): ApiError {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return new ApiError(403, message, { headers: { 'retry-after': String(retryAfterSeconds) } });
}
