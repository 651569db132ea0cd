import type { Decision } from '../schema/decision.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import type { MonitoringReport } from '../schema/monitoring-report.ts';
import { applyDecision } from './apply-decision.ts';
import { carryEvidence } from './carry-evidence.ts';
import { keptSignals } from './kept-signals.ts';
import { newestEstimates } from './newest-estimates.ts';
import { observeFacts } from './observe-facts.ts';
import { NOTHING_OBSERVED, type ObservedFacts } from './observed-facts.ts';

const KEPT_WINDOWS = 200;
/** The newest windows keep every signal: more than any life cycle, pool or page looks back in full. */
const FULL_WINDOWS = 35;

/**
 * The state after a run: facts from outside, then the windows, then the decisions in order. Pure; reducing the same run twice gives the
 * same state. Numbers that only the code host knows (issues, pull requests, runs) are filled in by the shell.
 */
export function reduceState(
  state: ModelState,
  run: {
    readonly report: MonitoringReport;
    readonly summaries: readonly WindowSummary[];
    readonly decisions: readonly Decision[];
    readonly asOf: Instant;
    readonly observed?: ObservedFacts;
  },
): ModelState {
  const observed = run.observed ?? NOTHING_OBSERVED;
  const watermark = state.watermark !== null && state.watermark > run.report.watermark ? state.watermark : run.report.watermark;
  const start: ModelState = {
    ...observeFacts(state, observed, run.asOf),
    windows: mergeWindows(state.windows, run.summaries),
    watermark,
    trial: run.report.trial ?? state.trial,
  };
  const end = run.decisions.reduce<ModelState>((reduced, decision) => applyDecision(reduced, decision, observed.promotion), start);
  return { ...end, evidence: carryEvidence(state, end, run.report) };
}

/** A summary of a window that was seen before replaces the old one: late labels change old windows. */
function mergeWindows(known: readonly WindowSummary[], summaries: readonly WindowSummary[]): WindowSummary[] {
  const byStart = new Map([...known, ...summaries].map((summary) => [summary.window.start, summary]));
  const windows = [...byStart.values()].sort((a, b) => (a.window.start < b.window.start ? -1 : 1)).slice(-KEPT_WINDOWS);
  const full = windows.length - FULL_WINDOWS;
  return newestEstimates(windows).map((summary, index) => (index < full ? { ...summary, signals: keptSignals(summary.signals) } : summary));
}
