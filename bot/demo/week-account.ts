import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import type { ModelState, WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import type { ShadowComparison } from '../../pipelines/core/schema/shadow-comparison.ts';
import { DRIFT_KINDS, type Signal } from '../../pipelines/core/schema/signal.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import { OUTCOME_WORDS } from '../../pipelines/core/views/incident-timeline.ts';
import { incidentSentence, incidentTitle } from '../../pipelines/core/views/incident-title.ts';
import { metricName } from '../../pipelines/core/views/phrase-metric.ts';
import { subjectName } from '../../pipelines/core/views/subject-name.ts';

/** What the account of one week is told from. */
export interface WeekFacts {
  readonly week: number;
  readonly weeks: number;
  readonly window: Window;
  readonly rows: number;
  /** What a row of the log is, in the plural. */
  readonly things: string;
  /** The metric that production is watched by. */
  readonly metric: MetricName;
  readonly version: string;
  readonly before: ModelState;
  readonly after: ModelState;
  /** Verdicts of the gate known after the week. */
  readonly verdicts: readonly { readonly version: string; readonly summary: string }[];
  readonly link: (kind: 'issues' | 'pull', number: number) => string;
}

/** The lines that the main job prints for one week: one of measurements, then one for each thing that was done. */
export function weekAccount(facts: WeekFacts): readonly string[] {
  const windows = facts.after.windows.filter(
    (summary) => facts.before.watermark === null || summary.window.start >= facts.before.watermark,
  );
  return [headline(facts, windows), ...incidentLines(facts), ...retrainingLines(facts), ...promotionLines(facts)];
}

function headline(facts: WeekFacts, windows: readonly WindowSummary[]): string {
  const label = `week ${String(facts.week).padStart(2)} of ${facts.weeks}`;
  const rows = `${facts.rows.toLocaleString('en-GB')} ${facts.things} scored by ${facts.version}`;
  return `${label}  from ${facts.window.start.slice(0, 10)}  ${rows}  ${driftText(windows)}  ${performanceText(windows, facts.metric)}`;
}

function driftText(windows: readonly WindowSummary[]): string {
  if (windows.length === 0) return 'no window complete';
  const drift = windows.flatMap((summary) => summary.signals).filter((signal) => DRIFT_KINDS.has(signal.kind));
  const drifted = new Set(drift.filter((signal) => signal.status === 'alert').map((signal) => subjectName(signal.subject)));
  return drifted.size === 0 ? 'no drift' : `drift in ${[...drifted].sort().join(', ')}`;
}

function performanceText(windows: readonly WindowSummary[], metric: MetricName): string {
  const latest = windows
    .flatMap((summary) => summary.signals)
    .filter((signal) => signal.kind === 'realised-performance' && signal.subject === metric && signal.value !== null)
    .at(-1);
  return latest === undefined
    ? `${metricName(metric)}: too few labels yet`
    : `${metricName(metric)} ${figure(latest.value)}${intervalText(latest)} against ${figure(latest.reference)} promised`;
}

function intervalText(signal: Signal): string {
  return signal.interval === null ? '' : ` (${figure(signal.interval.lower)} to ${figure(signal.interval.upper)})`;
}

function figure(value: number | null): string {
  return value === null ? 'nothing' : value.toFixed(3);
}

function incidentLines(facts: WeekFacts): string[] {
  const known = new Map(facts.before.incidents.map((incident) => [incident.id, incident.status]));
  return facts.after.incidents.flatMap((incident) => {
    const before = known.get(incident.id);
    const number = facts.after.issues[incident.id];
    const where = number === undefined ? '' : ` #${number}  ${facts.link('issues', number)}`;
    const what = `${incidentTitle(incident)}${where}`;
    if (incident.status === 'resolved') return before === undefined || before === 'resolved' ? [] : [`    ✓ incident closed: ${what}`];
    if (before === undefined) return [`    ✕ incident opened: ${what}`, `        ${incidentSentence(incident)}`];
    return before === 'resolved' ? [`    ✕ incident reopened: ${what}`, `        ${incidentSentence(incident)}`] : [];
  });
}

function retrainingLines(facts: WeekFacts): string[] {
  const known = new Set(facts.before.decisions.map((decision) => decision.id));
  const lines = facts.after.decisions
    .filter((decision) => !known.has(decision.id))
    .flatMap((decision) => {
      if (decision.kind === 'request-retraining') return requestLines(decision, facts);
      if (decision.kind === 'refuse-retraining') return [`    ○ no retraining: ${decision.reason} ${decision.remedy}`];
      if (decision.kind === 'verify-promotion')
        return [
          `    ${decision.outcome === 'kept' ? '✓' : '▲'} ${decision.version} promised ${figure(decision.promised.value)}, observed ${figure(decision.observed.value)} on ${decision.observed.sampleSize.toLocaleString('en-GB')} labelled ${facts.things}: promise ${OUTCOME_WORDS[decision.outcome]}`,
          ...comparisonLines(decision.version, decision.comparison, facts.things),
        ];
      if (decision.kind === 'propose-rollback') return [`    ▲ rollback proposed: from ${decision.version} to ${decision.to}`];
      return [];
    });
  const settled = facts.after.proposals.filter(
    (proposal, index) => proposal.outcome === 'refused' && facts.before.proposals[index]?.outcome !== 'refused',
  );
  return [
    ...lines,
    ...settled.map((proposal) => `    ✕ ${proposal.version} did not pass the gate: pull request #${proposal.pullRequest ?? '?'} closed`),
    ...newlyAbandoned(facts).map(
      ({ version, pullRequest, abandoned }) =>
        `    ▲ ${version} could not be finished: pull request #${pullRequest ?? '?'} closed; ${abandoned?.problem ?? 'no run gave a result'}`,
    ),
  ];
}

function newlyAbandoned({ before, after }: WeekFacts): ModelState['proposals'] {
  return after.proposals.filter((proposal, index) => proposal.outcome === 'abandoned' && before.proposals[index]?.outcome !== 'abandoned');
}

function comparisonLines(champion: string, comparison: ShadowComparison | undefined, things: string): string[] {
  if (comparison === undefined) return [];
  const { version, estimate, improvement, interval, why } = comparison;
  if (improvement === null) return [`        not compared with ${version}: ${why ?? 'no figure'}`];
  const sure = interval === null ? '' : ` (${figure(interval.lower)} to ${figure(interval.upper)})`;
  const rows = estimate.sampleSize.toLocaleString('en-GB');
  return [
    `        ${version} has ${figure(estimate.value)} on ${rows} of the same ${things}; ${champion} is ${figure(Math.abs(improvement))} ${improvement < 0 ? 'worse' : 'better'}${sure}`,
  ];
}

function requestLines(decision: Extract<Decision, { kind: 'request-retraining' }>, facts: WeekFacts): string[] {
  const { version } = decision.spec;
  const number =
    facts.after.proposals.find((proposal) => proposal.version === version)?.pullRequest ?? facts.after.retraining?.pullRequest ?? null;
  const where = number === null ? '' : `, pull request #${number}  ${facts.link('pull', number)}`;
  return [
    `    → ${decision.spec.recalibrate === undefined ? 'retraining' : 'recalibration'} proposed: ${version}${where}`,
    ...decision.because.slice(0, 2).map(({ text }) => `        ${text}`),
    ...facts.verdicts.filter((verdict) => verdict.version === version).map(({ summary }) => `        gate: ${summary}`),
  ];
}

function promotionLines(facts: WeekFacts): string[] {
  return facts.after.promotions.slice(facts.before.promotions.length).flatMap((promotion) => {
    if (promotion.previous === null) return [];
    const where =
      promotion.pullRequest === null ? '' : ` by merging #${promotion.pullRequest}  ${facts.link('pull', promotion.pullRequest)}`;
    return [`    ★ champion is now ${promotion.version}, was ${promotion.previous}${where}`];
  });
}
