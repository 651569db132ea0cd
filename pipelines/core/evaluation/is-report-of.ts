import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { GateVerdict } from '../schema/gate-verdict.ts';

/**
 * Whether a report measured what a verdict judged: the same version, and by digest the same challenger, champion and held-out rows. It
 * says nothing about the figures themselves: the gate judges by its own.
 */
export function isReportOf(report: EvaluationReport, { model, version, evidence }: GateVerdict): boolean {
  const challenger = report.challengers.find(({ name }) => name === report.selected);
  return (
    report.model === model &&
    report.version === version &&
    report.heldOut.digest === evidence.data &&
    challenger?.artifactDigest === evidence.challenger &&
    (report.champion?.artifactDigest ?? null) === evidence.champion
  );
}
