/** Work that is done one piece after another. A name that waits already is not queued twice: what it asks for is read when its turn comes. */
export interface SerialQueue {
  add(name: string): void;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

/** `work` must not throw for long: what it throws goes to `onError`, and the queue goes on. */
export function createSerialQueue(work: (name: string) => Promise<void>, onError: (error: unknown, name: string) => void): SerialQueue {
  const waiting = new Set<string>();
  let running: Promise<void> | null = null;
  async function drain(): Promise<void> {
    for (let next = waiting.values().next(); next.done !== true; next = waiting.values().next()) {
      waiting.delete(next.value);
      await work(next.value).catch((error: unknown) => onError(error, next.value ?? ''));
    }
    running = null;
  }
  return {
    add(name) {
      waiting.add(name);
      running ??= Promise.resolve().then(drain);
    },
    async idle() {
      while (running !== null) await running;
    },
  };
}
