import { digestValue } from '../../pipelines/core/digest/sha256.ts';
import type { AuditEvent } from '../../pipelines/core/schema/audit-event.ts';

/** An event before it has its place in the chain. */
export type AuditDraft = Omit<AuditEvent, 'schemaVersion' | 'sequence' | 'previousHash' | 'hash'>;

/** Appends drafts to the chain: each event carries the hash of the one before and its own, over all its other fields. */
export function chainEvents(last: AuditEvent | null, drafts: readonly AuditDraft[]): AuditEvent[] {
  const events: AuditEvent[] = [];
  let previous = last;
  for (const draft of drafts) {
    const unhashed = {
      ...draft,
      schemaVersion: 1 as const,
      sequence: previous === null ? 0 : previous.sequence + 1,
      previousHash: previous?.hash ?? null,
    };
    previous = { ...unhashed, hash: digestValue(unhashed) };
    events.push(previous);
  }
  return events;
}

/** The first event that does not fit to its predecessor or to its own hash; null when the chain holds. */
export function firstBrokenEvent(events: readonly AuditEvent[]): AuditEvent | null {
  let previous: AuditEvent | null = null;
  for (const event of events) {
    const { hash, ...unhashed } = event;
    const follows = previous === null || (event.previousHash === previous.hash && event.sequence === previous.sequence + 1);
    if (!follows || digestValue(unhashed) !== hash) return event;
    previous = event;
  }
  return null;
}
