import { standingEvidence } from '../../pipelines/core/decisions/carry-evidence.ts';
import { canonicalLine } from '../../pipelines/core/digest/canonical-json.ts';
import type { Deployment } from '../../pipelines/core/schema/deployment.ts';
import type { DriftEvidence } from '../../pipelines/core/schema/drift-evidence.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { type ModelState, WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import { MonitoringReport } from '../../pipelines/core/schema/monitoring-report.ts';
import type { WatchResult } from '../../pipelines/stages/watch-input.ts';
import { parseJson } from './read-verdict.ts';

/**
 * The report of one model from the artifact of a watch job: `{"models": [{"report": ..., "summaries": [...]}]}`, or one such entry alone.
 * null when it holds none for this model, or when it does not start where the state ends: somebody reported those windows already, or the
 * evidence of drift has started afresh since.
 */
export function readObservation(bytes: Uint8Array, state: ModelState, deployment: Deployment): WatchResult | null {
  for (const entry of entriesOf(parseJson(bytes))) {
    const report = MonitoringReport.safeParse(entry['report']);
    const summaries = WindowSummary.array().max(200).safeParse(entry['summaries']);
    if (!report.success || !summaries.success || report.data.model !== state.model) continue;
    const follows =
      report.data.previousWatermark === state.watermark &&
      report.data.champion === deployment.production &&
      startsFrom(report.data, standingEvidence(state, deployment));
    return follows ? { report: report.data, summaries: summaries.data } : null;
  }
  return null;
}

function startsFrom({ evidence }: MonitoringReport, standing: DriftEvidence): boolean {
  return evidence === undefined || canonicalLine(evidence.before) === canonicalLine(standing);
}

function entriesOf(value: unknown): Record<string, unknown>[] {
  const models = isRecord(value) && Array.isArray(value['models']) ? value['models'] : [value];
  return models.filter(isRecord);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A report of nothing new, for runs that looked at no log: promotions and commands are decided on what the state holds. */
export function standingReport(moment: {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  readonly state: ModelState;
  readonly trainedUntil: Instant;
  readonly asOf: Instant;
}): MonitoringReport {
  const { deployment, state, trainedUntil, asOf } = moment;
  const newLabels = state.windows.filter(({ window }) => window.start >= trainedUntil).reduce((sum, { labelled }) => sum + labelled, 0);
  return {
    schemaVersion: 1,
    model: state.model,
    asOf,
    champion: deployment.production,
    previousWatermark: state.watermark,
    watermark: state.watermark ?? trainedUntil,
    newLabels,
    windows: [],
  };
}
