import { digestValue } from '../digest/sha256.ts';
import type { AuditEvent } from '../schema/audit-event.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';

export const ACTION_WORDS: Readonly<Record<AuditEvent['action'], string>> = {
  'incident-opened': 'Incident opened',
  'incident-resolved': 'Incident resolved',
  'retraining-requested': 'Retraining requested',
  'retraining-refused': 'Retraining refused',
  'promotion-recorded': 'Promotion recorded',
  'promotion-verified': 'Promotion verified',
  'rollback-proposed': 'Rollback proposed',
  'command-obeyed': 'Command obeyed',
  'command-refused': 'Command refused',
  'retraining-closed': 'Retraining closed',
};

export interface AuditView {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  readonly intact: boolean;
  /** What the check of the hash chain found. */
  readonly sentence: string;
}

/** The audit trail and the check of its chain: each hash is recomputed, each link compared with the line before. */
export function auditView(events: readonly AuditEvent[]): AuditView {
  const broken = firstBreak(events);
  const newestFirst = events.toReversed();
  if (events.length === 0) return { events: newestFirst, intact: true, sentence: 'No event has been recorded yet.' };
  if (broken === null)
    return {
      events: newestFirst,
      intact: true,
      sentence: `The hash chain of ${phraseQuantity(events.length, 'event')} was recomputed for this page and is intact.`,
    };
  return {
    events: newestFirst,
    intact: false,
    sentence: `The hash chain breaks at event ${broken}: lines from there on cannot be trusted.`,
  };
}

function firstBreak(events: readonly AuditEvent[]): number | null {
  let previous: string | null = null;
  for (const event of events) {
    const { hash, ...rest } = event;
    if (event.previousHash !== previous || digestValue(rest) !== hash) return event.sequence;
    previous = hash;
  }
  return null;
}
