import type { AuditEvent } from '../core/schema/audit-event.ts';
import type { ModelState, StateIndex } from '../core/schema/model-state.ts';

/** What the state branch held at one commit. */
export interface StateSnapshot {
  /** Commit that was read; null when the branch does not exist yet. */
  readonly head: string | null;
  readonly index: StateIndex;
  readonly models: Readonly<Record<string, ModelState>>;
  /** The last event of the chain; null when there is none. */
  readonly lastEvent: AuditEvent | null;
}

export interface StateChange {
  readonly message: string;
  readonly index?: StateIndex;
  readonly models?: Readonly<Record<string, ModelState>>;
  /** Appended to state/v1/events/<YYYY-MM>.ndjson, by the month of each event. */
  readonly events?: readonly AuditEvent[];
  /** verdicts/<64 hexadecimal digits of the evidence digest>.json */
  readonly verdicts?: Readonly<Record<string, string>>;
  /** evaluations/<64 hexadecimal digits of the evidence digest>.json: what was measured of a version that main does not hold */
  readonly evaluations?: Readonly<Record<string, string>>;
}

/** The orphan branch holdfast/state: written by compare-and-swap, only when bytes change. */
export interface StateStore {
  read(): Promise<StateSnapshot>;
  /** Text of a kept verdict, by the 64 hexadecimal digits of its evidence digest; null when the branch holds none. */
  verdict(base: StateSnapshot, name: string): Promise<string | null>;
  /** The new snapshot, or null when the branch had moved: read again, plan again. */
  commit(base: StateSnapshot, change: StateChange): Promise<StateSnapshot | null>;
}
