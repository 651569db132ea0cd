import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { phraseQuantity } from '../../../pipelines/core/schema/phrase-number.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { estimateView } from '../../../pipelines/core/views/estimate-view.ts';
import { incidentSentence, incidentTitle } from '../../../pipelines/core/views/incident-title.ts';
import { phraseDay, phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { metricDigits, metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { phraseCount, phraseNumber } from '../../../pipelines/core/views/phrase-number.ts';
import { bullets } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement } from '../phrase-signal.ts';

/** The answer to `/holdfast status`: health, what is open, what happens next. */
export function renderStatusComment(definition: ModelDefinition, state: ModelState): string {
  const open = state.incidents.filter(({ status }) => status !== 'resolved');
  const health = open.length === 0 ? 'healthy, no open incident' : `${open.length} open ${open.length === 1 ? 'incident' : 'incidents'}`;
  const lines = [
    watched(state),
    performance(definition, state),
    ...estimates(definition, state),
    ...open.map((incident) => incidentLine(incident, state)),
    retraining(state),
    lastPromotion(state),
  ];
  return `**${definition.name}: ${health}.** Champion: ${state.champion ?? 'none recorded'}.\n\n${bullets(lines.filter((line) => line !== ''))}`;
}

function watched(state: ModelState): string {
  const last = state.windows.at(-1);
  if (last === undefined) return 'Not watched yet.';
  return `Watched up to ${phraseDay(last.window.end)}; newest window ${phraseWindow(last.window)}: ${phraseQuantity(last.rows, 'prediction')}, ${phraseCount(last.labelled)} labelled.`;
}

function performance(definition: ModelDefinition, state: ModelState): string {
  const { metric } = definition.monitoring.performance;
  const signal = newestPerformance(state, metric);
  if (signal === null) return `Realised ${metricName(metric)}: not measured yet, too few labels.`;
  const promised = signal.reference === null ? '' : `, promised ${phraseNumber(signal.reference, metricDigits(metric, signal.reference))}`;
  return `Realised ${metricName(metric)} ${phraseMeasurement(signal)}${promised} (${phraseWindow(signal.window)}): ${signal.status}.`;
}

/** The newest rows before their labels, and how such estimates fared. */
function estimates(definition: ModelDefinition, state: ModelState): string[] {
  const { now, record } = estimateView(definition, state);
  return now === null ? [] : [`${markdownText(now.why, 400)} ${record}`];
}

/** The newest realised performance that has a figure. */
export function newestPerformance(state: ModelState, metric: string): Signal | null {
  return (
    state.windows
      .flatMap(({ signals }) => signals)
      .findLast((signal) => signal.kind === 'realised-performance' && signal.subject === metric && signal.value !== null) ?? null
  );
}

function incidentLine(incident: ModelState['incidents'][number], state: ModelState): string {
  const number = state.issues[incident.id];
  return `${number === undefined ? '' : `#${number} `}${markdownText(incidentTitle(incident))}, ${incident.status} since ${phraseDay(incident.firstWindow.start)}: ${markdownText(incidentSentence(incident), 400)}`;
}

function retraining({ retraining: open }: ModelState): string {
  if (open === null) return 'No retraining is open.';
  return `Retraining ${open.version} is open${open.pullRequest === null ? '' : `: #${open.pullRequest}`}.`;
}

function lastPromotion({ promotions }: ModelState): string {
  const last = promotions.at(-1);
  return last === undefined
    ? ''
    : `Last promotion: ${last.version} on ${phraseDay(last.at)}${last.pullRequest === null ? '' : ` by #${last.pullRequest}`}.`;
}
