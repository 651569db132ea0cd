import { z } from 'zod';
import { addSeconds, epochSeconds, Instant } from './instant.ts';

/** A half-open range of event time: start <= t < end. */
export const Window = z.strictObject({ start: Instant, end: Instant }).meta({ id: 'Window' });
export type Window = z.infer<typeof Window>;

/** The name of a window in ids and file names: its start and end without punctuation (`20010305T000000Z_20010306T000000Z`). */
export function windowId(window: Window): string {
  return `${window.start}_${window.end}`.replaceAll(/[-:]/g, '');
}

/** All windows of a length that lie wholly inside a range, aligned to the epoch, oldest first. A length of a week aligns to the range's start. */
export function windowsBetween(range: Window, lengthSeconds: number): Window[] {
  const aligned = lengthSeconds <= 86_400 && 86_400 % lengthSeconds === 0;
  const first = epochSeconds(range.start);
  const offset = aligned ? (lengthSeconds - (((first % lengthSeconds) + lengthSeconds) % lengthSeconds)) % lengthSeconds : 0;
  const windows: Window[] = [];
  let start = addSeconds(range.start, offset);
  while (addSeconds(start, lengthSeconds) <= range.end) {
    const end = addSeconds(start, lengthSeconds);
    windows.push({ start, end });
    start = end;
  }
  return windows;
}
