import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { OUTCOME_WORDS } from '../../pipelines/core/views/incident-timeline.ts';
import { incidentTitle } from '../../pipelines/core/views/incident-title.ts';
import { metricName } from '../../pipelines/core/views/phrase-metric.ts';

/** Verdict of one proposal, as the state branch or the check tells it. */
export interface ProposalFacts {
  readonly version: string;
  readonly outcome: 'open' | 'promoted' | 'refused' | 'abandoned';
  readonly pullRequest: number | null;
  readonly verdict: string;
}

/** The report at the end of the run: counts, verdicts and promises kept or broken, all read back from the state branch. `things`: what a row is, in the plural. */
export function finalReport(state: ModelState, proposals: readonly ProposalFacts[], things: string): readonly string[] {
  const count = (kind: Decision['kind']) => state.decisions.filter((decision) => decision.kind === kind).length;
  const verified = state.decisions.filter((decision) => decision.kind === 'verify-promotion');
  return [
    `windows watched      ${state.windows.length}, ${sum(state.windows.map(({ rows }) => rows)).toLocaleString('en-GB')} predictions, ${sum(state.windows.map(({ labelled }) => labelled)).toLocaleString('en-GB')} labelled`,
    `incidents            ${count('open-incident')} opened, ${count('resolve-incident')} closed again`,
    ...state.incidents.map((incident) => `  ${incidentTitle(incident)}: ${incident.status}, ${incident.badWindows} bad windows`),
    `retraining proposals ${proposals.length}`,
    ...proposals.map(
      ({ version, outcome, pullRequest, verdict }) => `  ${version}, pull request #${pullRequest ?? '?'}: ${verdict} → ${outcome}`,
    ),
    `promotions           ${state.promotions.filter(({ previous }) => previous !== null).length}; the champion is ${state.champion ?? 'unknown'}`,
    ...verified.map(
      ({ version, promised, observed, outcome }) =>
        `  ${version}: promised ${metricName(promised.metric)} ${figure(promised.value)}, observed ${figure(observed.value)} on ${observed.sampleSize.toLocaleString('en-GB')} labelled ${things}: ${OUTCOME_WORDS[outcome]}`,
    ),
    ...(state.verification === null
      ? []
      : [
          `  ${state.verification.version}: not yet verified: too few labelled windows since its promotion, or windows that differ too much`,
        ]),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function figure(value: number | null): string {
  return value === null ? 'nothing' : value.toFixed(3);
}
