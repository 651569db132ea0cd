import { epochSeconds } from '../schema/instant.ts';
import type { Window } from '../schema/window.ts';

/** The share of a range of time that lies within another: 1 when all of it does, 0 when they do not meet. */
export function shareWithin(range: Window, other: Window): number {
  const [start, end] = [epochSeconds(range.start), epochSeconds(range.end)];
  const common = Math.min(end, epochSeconds(other.end)) - Math.max(start, epochSeconds(other.start));
  return end > start ? Math.max(0, common) / (end - start) : 0;
}
