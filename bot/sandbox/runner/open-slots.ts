import { join } from 'node:path';

/** Runs at most `count` tasks at once, each with a folder that no other running task has; the rest wait in order. */
export function openSlots(root: string, count: number): <T>(task: (slotFolder: string) => Promise<T>) => Promise<T> {
  const free = Array.from({ length: count }, (_, index) => join(root, `slot-${index + 1}`));
  const waiting: ((folder: string) => void)[] = [];

  function acquire(): Promise<string> {
    const folder = free.shift();
    return folder === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(folder);
  }
  function release(folder: string): void {
    const next = waiting.shift();
    if (next === undefined) free.unshift(folder);
    else next(folder);
  }
  return async (task) => {
    const folder = await acquire();
    try {
      return await task(folder);
    } finally {
      release(folder);
    }
  };
}
