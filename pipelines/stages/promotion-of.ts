import type { Instant } from '../core/schema/instant.ts';
import type { WatchInput } from './watch-input.ts';

/** When the champion was promoted, while its verification is pending. */
export function promotionOf({ deployment, state }: WatchInput): Instant | null {
  return state.verification?.version === deployment.production ? state.verification.promotedAt : null;
}
