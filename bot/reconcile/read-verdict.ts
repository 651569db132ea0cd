import { digestValue } from '../../pipelines/core/digest/sha256.ts';
import { isReportOf } from '../../pipelines/core/evaluation/is-report-of.ts';
import { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import type { ReadVerdict, TrainedVersion } from '../effects/host-facts.ts';

/** Bytes of an artifact that another job made: at most this many are read. */
export const ARTIFACT_BYTES = 1_000_000;

/**
 * The gate's verdict from its artifact, which is hostile until checked: its schema, that it speaks of this model and version, that its
 * evidence names exactly the artifact on the branch, and that its digest is the digest of its evidence.
 */
export function readVerdict(bytes: Uint8Array | null, trained: TrainedVersion): ReadVerdict {
  if (bytes === null) return { verdict: null, problem: 'it left no verdict', isUntrue: false };
  const parsed = GateVerdict.safeParse(parseJson(bytes));
  if (!parsed.success) return { verdict: null, problem: 'its verdict is not readable', isUntrue: false };
  const verdict = parsed.data;
  const { version } = trained;
  if (verdict.model !== version.model || verdict.version !== version.version) return untrue('the verdict speaks of another version');
  if (verdict.evidence.challenger !== version.artifactDigest) return untrue('the verdict judged other bytes than those on the branch');
  if (verdict.evidenceDigest !== digestValue(verdict.evidence)) return untrue('the digest of the evidence is wrong');
  return { verdict, evaluation: null, problem: null };
}

function untrue(problem: string): ReadVerdict {
  return { verdict: null, problem, isUntrue: true };
}

/** The evaluation that the gate left beside its verdict; null when it is none, or about something else than was judged. */
export function readEvaluation(bytes: Uint8Array | null, verdict: GateVerdict): EvaluationReport | null {
  const parsed = bytes === null ? null : EvaluationReport.safeParse(parseJson(bytes));
  return parsed?.success === true && isReportOf(parsed.data, verdict) ? parsed.data : null;
}

/** The value of JSON bytes; undefined when they are none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
