import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Trigger } from '../actions-service.ts';

/** Triggers being answered: each begins at once, and none is lost when another fails. */
export interface TriggerQueue {
  accept(trigger: Trigger): void;
  /** Resolves when every trigger so far, and those that came meanwhile, are answered. */
  idle(): Promise<void>;
}

/** Opens a queue; a failure of `answer` is a line of the log. */
export function openTriggerQueue(answer: (trigger: Trigger) => Promise<void>, log: (line: string) => void): TriggerQueue {
  const busy = new Set<Promise<void>>();

  async function answerSafely(trigger: Trigger): Promise<void> {
    try {
      await answer(trigger);
    } catch (cause) {
      log(`${trigger.event} at ${trigger.sha}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }

  return {
    accept(trigger) {
      const work: Promise<void> = answerSafely(trigger).finally(() => busy.delete(work));
      busy.add(work);
    },
    async idle() {
      // The sandbox tells of what a request caused one turn after its answer.
      await nextTurn();
      while (busy.size > 0) await Promise.all(busy);
    },
  };
}
