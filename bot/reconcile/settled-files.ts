import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import type { StateChange } from '../../pipelines/ports/state-store.ts';
import type { RetrainingFacts } from '../effects/host-facts.ts';

/** A report holds metrics only: a few kilobytes for each contender. A larger one is not kept. */
const REPORT_CHARACTERS = 200_000;

/**
 * What the state branch keeps of a judged retraining, by the digest of the evidence: the verdict, and for a version that main will never
 * hold what the gate measured of it too. Nothing is kept of a retraining that nobody judged.
 */
export function settledFiles(
  retraining: RetrainingFacts | null,
  end: 'promoted' | 'closed' | null,
): Required<Pick<StateChange, 'verdicts' | 'evaluations'>> {
  const read = retraining?.verdict ?? null;
  if (read === null || read.verdict === null || end === null) return { verdicts: {}, evaluations: {} };
  const { verdict, evaluation: report } = read;
  const name = verdict.evidenceDigest.slice('sha256:'.length);
  const verdicts = { [name]: canonicalJson(verdict) };
  if (end === 'promoted' || report === null) return { verdicts, evaluations: {} };
  const text = canonicalJson(report);
  return { verdicts, evaluations: text.length > REPORT_CHARACTERS ? {} : { [name]: text } };
}
