import { z } from 'zod';
import { Digest } from './digest.ts';
import { ModelName } from './identifiers.ts';
import { Instant } from './instant.ts';

/** One line of the audit trail: append-only, each line bound to the one before by its hash. */
export const AuditEvent = z
  .strictObject({
    schemaVersion: z.literal(1),
    sequence: z.int().nonnegative(),
    at: Instant,
    model: ModelName,
    actor: z.string().describe('Login that caused it: the bot, or the person who merged or commanded'),
    action: z.enum([
      'incident-opened',
      'incident-resolved',
      'retraining-requested',
      'retraining-refused',
      'promotion-recorded',
      'promotion-verified',
      'rollback-proposed',
      'command-obeyed',
      'command-refused',
      'retraining-closed',
    ]),
    target: z.string(),
    cause: z.string().describe('Id of the decision, or what asked for it'),
    because: z.array(z.string()),
    evidence: Digest.nullable(),
    previousHash: Digest.nullable(),
    hash: Digest.describe('SHA-256 of the canonical JSON of all other fields'),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;
