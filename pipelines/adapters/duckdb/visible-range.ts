import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { TimeRange } from './batch.ts';

/** One tick of the engine's clock, seconds. */
const TICK = 1e-6;

/** The part of a range that can be seen at asOf: rows of that very instant are in, later ones do not exist yet. */
export function visibleRange(range: TimeRange, asOf: Instant): TimeRange {
  return { start: range.start, end: Math.min(range.end, epochSeconds(asOf) + TICK) };
}
