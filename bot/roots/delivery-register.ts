const KEPT = 5000;

/** Deliveries whose work was done. GitHub repeats an id on redelivery, and a recorded request can be replayed: both are done already. */
export interface DeliveryRegister {
  isDone(id: string): boolean;
  markDone(ids: readonly string[]): void;
}

/** Keeps the newest ids in memory. After a restart a repeated delivery is worked again, which changes nothing: reconciling is level-triggered. */
export function createDeliveryRegister(limit = KEPT): DeliveryRegister {
  const done = new Set<string>();
  return {
    isDone: (id) => done.has(id),
    markDone(ids) {
      for (const id of ids) {
        done.add(id);
        const oldest = done.values().next();
        if (done.size > limit && oldest.done !== true) done.delete(oldest.value);
      }
    },
  };
}
