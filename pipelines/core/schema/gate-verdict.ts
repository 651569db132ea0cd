import { z } from 'zod';
import { Digest } from './digest.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { Interval } from './interval.ts';

/** One check of the gate: what was expected, what was found. */
export const GateCheck = z
  .strictObject({
    name: z.string(),
    metric: z.string(),
    operator: z.enum(['>=', '<=', '==']),
    expected: z.union([z.number(), z.string()]),
    actual: z.union([z.number(), z.string()]).nullable(),
    interval: Interval.nullable(),
    passed: z.boolean(),
    why: z.string(),
  })
  .meta({ id: 'GateCheck' });
export type GateCheck = z.infer<typeof GateCheck>;

/** What a verdict is bound to: change one byte of any of these and it no longer holds. */
export const Evidence = z
  .strictObject({
    challenger: Digest,
    champion: Digest.nullable(),
    data: Digest,
    rules: Digest,
    code: Digest.describe('Digest over the source files of pipelines/ and the lock file'),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

/** The gate's judgement of one challenger. `needs-human` is not a pass. */
export const GateVerdict = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    version: VersionName,
    judgedAt: Instant,
    verdict: z.enum(['pass', 'fail', 'needs-human']),
    summary: z.string(),
    checks: z.array(GateCheck),
    evidence: Evidence,
    evidenceDigest: Digest,
  })
  .meta({ id: 'GateVerdict' });
export type GateVerdict = z.infer<typeof GateVerdict>;
