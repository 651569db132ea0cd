import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { Window } from '../core/schema/window.ts';

/** The windows that end at `end` and before, down to `start`, oldest first: monitoring windows follow each other without a gap. */
export function windowsBackFrom(end: Instant, start: Instant, lengthSeconds: number): Window[] {
  const windows: Window[] = [];
  let until = end;
  while (addSeconds(until, -lengthSeconds) >= start) {
    const since = addSeconds(until, -lengthSeconds);
    windows.unshift({ start: since, end: until });
    until = since;
  }
  return windows;
}
