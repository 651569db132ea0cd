import { digestValue } from '../digest/sha256.ts';
import type { Evidence, GateCheck, GateVerdict } from '../schema/gate-verdict.ts';
import type { Instant } from '../schema/instant.ts';
import type { WeighedCheck } from './weighed-check.ts';

export interface RollbackCase {
  readonly model: string;
  /** The version to return to. */
  readonly version: string;
  readonly evidence: Evidence;
  readonly judgedAt: Instant;
  readonly integrity: readonly (GateCheck & Partial<Pick<WeighedCheck, 'otherwise'>>)[];
}

/**
 * Judges a return to a version that served before. It was judged when it came; asking it to beat the champion now would take the undo button away. What counts is that it did
 * serve, that its bytes are still those that served, and that nothing else changes. No checks: fail.
 */
export function judgeRollback({ model, version, evidence, judgedAt, integrity }: RollbackCase): GateVerdict {
  const failed = integrity.filter(({ passed }) => !passed);
  const isSound = integrity.length > 0 && failed.length === 0;
  return {
    schemaVersion: 1,
    model,
    version,
    judgedAt,
    verdict: isSound ? 'pass' : 'fail',
    summary: isSound
      ? `${model} returns to ${version}, whose bytes are those that served before.`
      : `${model} cannot return to ${version}: ${failed.map(({ name }) => name).join('; ') || 'nothing was checked'}.`,
    checks: integrity.map(({ otherwise: _, ...check }) => check),
    evidence,
    evidenceDigest: digestValue(evidence),
  };
}
