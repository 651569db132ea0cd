import { durationSeconds } from '../schema/duration.ts';
import type { Incident } from '../schema/incident.ts';
import { addSeconds } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import type { Signal } from '../schema/signal.ts';
import { settledByLabels } from '../signals/settled-by-labels.ts';
import type { Freshness } from './freshness.ts';
import { incidentSentence } from './incident-title.ts';
import type { ModelSource } from './site-source.ts';
import { isAboutRows, unjudgedStatements } from './unjudged-statements.ts';

/** States in order of precedence: the first that holds is shown. Missing knowledge outranks good news. */
export const HEALTH_ORDER = ['act', 'unknown', 'watch', 'healthy', 'not-monitored'] as const;
export type Health = (typeof HEALTH_ORDER)[number];

/** Word and icon of a state; both are always shown, because colours alone do not tell states apart. */
export const HEALTH_WORDS: Readonly<Record<Health, { readonly icon: string; readonly word: string; readonly meaning: string }>> = {
  act: { icon: '✕', word: 'Act', meaning: 'Something hurts and a person should act.' },
  unknown: { icon: '◷', word: 'Unknown', meaning: 'Data is missing or too old to judge, so nothing may be called healthy.' },
  watch: { icon: '▲', word: 'Watch', meaning: 'Something moved or fell short, or a change is being verified; no urgent incident is open.' },
  healthy: { icon: '✓', word: 'Healthy', meaning: 'Every expected measurement is in and within its threshold.' },
  'not-monitored': { icon: '○', word: 'Not monitored', meaning: 'Defined, but no version has been deployed.' },
};

/** The state that outranks all others of a list; `not-monitored` for an empty list. */
export function worstHealth(states: readonly Health[]): Health {
  return HEALTH_ORDER.find((state) => states.includes(state)) ?? 'not-monitored';
}

export interface HealthVerdict {
  readonly health: Health;
  /** What led to it, most important first; never empty. */
  readonly reasons: readonly string[];
}

/**
 * Judges one model. Only people take a model out of monitoring (no deployment.yml); taking observations away
 * (state, windows, signals, values) leads to `unknown`, never to something better: tests prove it.
 */
export function judgeHealth(model: ModelSource, freshness: Freshness): HealthVerdict {
  const { definition, state } = model;
  if (state === null || state.windows.length === 0) {
    if (model.deployment === null && state === null) return { health: 'not-monitored', reasons: ['No version is deployed.'] };
    return { health: 'unknown', reasons: ['A version is deployed, but no window has been reported.'] };
  }
  const findings = [...incidentFindings(state), ...freshnessFindings(freshness), ...windowFindings(definition, state)];
  const health = worstHealth(findings.map((finding) => finding.health));
  if (findings.length === 0) return { health: 'healthy', reasons: ['Every expected measurement is within its threshold.'] };
  const ordered = HEALTH_ORDER.flatMap((rank) => findings.filter((finding) => finding.health === rank));
  return { health, reasons: ordered.map((finding) => finding.reason) };
}

/** The newest window whose labels are mature (where that was not kept: due by the watermark): performance is judged there, not on rows still waiting for labels. */
export function matureWindow(definition: ModelDefinition, state: ModelState): WindowSummary | null {
  const { watermark } = state;
  if (watermark === null) return null;
  const due = addSeconds(watermark, -durationSeconds(definition.labels.delay));
  const isMature = ({ realised, window }: WindowSummary) =>
    realised === undefined ? window.end <= due : realised.maturity >= definition.labels.maturity;
  return state.windows.findLast(isMature) ?? null;
}

/** The realised value of the definition's main metric in one window. */
export function performanceSignal(definition: ModelDefinition, summary: WindowSummary): Signal | null {
  const { metric } = definition.monitoring.performance;
  return summary.signals.find((signal) => signal.kind === 'realised-performance' && signal.subject === metric) ?? null;
}

interface Finding {
  readonly health: Health;
  readonly reason: string;
}

export function isUnresolved(incident: Incident): boolean {
  return incident.status !== 'resolved';
}

function incidentFindings(state: ModelState): Finding[] {
  return state.incidents.filter(isUnresolved).map((incident) => {
    const acting = incident.severity === 'high' && incident.status !== 'muted' && incident.status !== 'verifying';
    return { health: acting ? 'act' : 'watch', reason: incidentSentence(incident) };
  });
}

function freshnessFindings(freshness: Freshness): Finding[] {
  return freshness.stale ? [{ health: 'unknown', reason: freshness.sentence }] : [];
}

function windowFindings(definition: ModelDefinition, state: ModelState): Finding[] {
  const newest = state.windows.at(-1);
  if (newest === undefined || (state.watermark !== null && newest.window.end < state.watermark)) {
    return [{ health: 'unknown', reason: 'The newest window is missing.' }];
  }
  const mature = matureWindow(definition, state);
  const rows = rowFindings(definition, state, newest);
  if (mature !== null && isGapBehind(definition, state, mature)) {
    return [...rows, { health: 'unknown', reason: 'The newest window whose labels are due is missing.' }];
  }
  return [...rows, ...performanceFindings(definition, mature ?? newest)];
}

/** Whether a whole window is missing between the newest mature one that is kept and the moment up to which labels are due. */
function isGapBehind(definition: ModelDefinition, { watermark, windows }: ModelState, mature: WindowSummary): boolean {
  if (watermark === null || windows.some(({ window }) => window.start === mature.window.end)) return false;
  const lag = durationSeconds(definition.labels.delay) + durationSeconds(definition.monitoring.window);
  return mature.window.end <= addSeconds(watermark, -lag);
}

function rowFindings(definition: ModelDefinition, state: ModelState, newest: WindowSummary): Finding[] {
  const findings: Finding[] = settledByLabels(newest.signals)
    .filter(isAboutRows)
    .flatMap((signal) => (signal.status === 'alert' || signal.status === 'warning' ? [{ health: 'watch', reason: signal.why }] : []));
  const unjudged = unjudgedStatements(definition, state);
  if (unjudged.length === 0) return findings;
  return [...findings, { health: 'unknown', reason: `Could not be judged in the newest window: ${unjudged.join(', ')}.` }];
}

function performanceFindings(definition: ModelDefinition, summary: WindowSummary): Finding[] {
  const signal = performanceSignal(definition, summary);
  if (signal === null || signal.value === null || signal.status === 'insufficient-data') {
    return [{ health: 'unknown', reason: signal?.why ?? 'Realised performance could not be measured.' }];
  }
  return signal.status === 'ok' ? [] : [{ health: 'watch', reason: signal.why }];
}
