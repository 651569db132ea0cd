import type { AuditEvent } from '../../pipelines/core/schema/audit-event.ts';
import type { StateChange, StateSnapshot, StateStore } from '../../pipelines/ports/state-store.ts';

/** A state branch in memory, by compare-and-swap, that remembers every commit. */
export class MemoryStateStore implements StateStore {
  readonly messages: string[] = [];
  readonly events: AuditEvent[] = [];
  readonly verdicts: Record<string, string> = {};
  readonly evaluations: Record<string, string> = {};
  #snapshot: StateSnapshot = { head: null, index: { schemaVersion: 1, lease: null, heartbeat: null }, models: {}, lastEvent: null };

  async read(): Promise<StateSnapshot> {
    return this.#snapshot;
  }

  async verdict(_base: StateSnapshot, name: string): Promise<string | null> {
    return this.verdicts[name] ?? null;
  }

  async commit(base: StateSnapshot, change: StateChange): Promise<StateSnapshot | null> {
    if (base.head !== this.#snapshot.head) return null;
    this.messages.push(change.message);
    this.events.push(...(change.events ?? []));
    Object.assign(this.verdicts, change.verdicts);
    Object.assign(this.evaluations, change.evaluations);
    this.#snapshot = {
      head: `state-${this.messages.length}`,
      index: change.index ?? base.index,
      models: { ...base.models, ...change.models },
      lastEvent: change.events?.at(-1) ?? base.lastEvent,
    };
    return this.#snapshot;
  }
}
