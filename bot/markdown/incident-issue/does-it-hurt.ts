import { phraseWaiting } from '../../../pipelines/core/business/phrase-waiting.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { metricDigits, metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { phraseNumber } from '../../../pipelines/core/views/phrase-number.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement } from '../phrase-signal.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** Whether the model's results suffer, and what that costs. */
export function doesItHurt(facts: IncidentFacts): string {
  return section(
    'Does it hurt?',
    bullets([performanceLine(facts), harmLine(facts), slicesLine(facts), moneyLine(facts)].filter((line) => line !== '')),
  );
}

/** Whether the model's results suffered while an incident lasted that is over. */
export function didItHurt({ incident, performance }: IncidentFacts): string {
  if (incident.kind === 'realised-performance' || incident.kind === 'business-value') {
    return section(
      'Did it hurt?',
      bullets([`**Yes**: at its worst, ${figuresOf(incident.worst)}.`, `When it closed: ${figuresOf(incident.latest)}.`]),
    );
  }
  if (performance === null) return section('Did it hurt?', bullets(['Not known: too few labels had arrived when it closed.']));
  const answer = performance.status === 'alert' ? '**Not over yet**' : performance.status === 'ok' ? '**Not measurably**' : '**Perhaps**';
  return section('Did it hurt?', bullets([`${answer}: when it closed, ${figuresOf(performance)}.`]));
}

function figuresOf(signal: Signal): string {
  const promised =
    signal.reference === null ? '' : `, promised ${phraseNumber(signal.reference, metricDigits(signal.subject, signal.reference))}`;
  const name = signal.kind === 'realised-performance' ? `realised ${metricName(signal.subject)}` : metricName(signal.subject);
  return `${name} ${phraseMeasurement(signal)}${promised}, ${phraseWindow(signal.window)}`;
}

function performanceLine({ incident, performance }: IncidentFacts): string {
  if (incident.kind === 'estimated-performance' && performance !== null && performance.window.end < incident.latest.window.end) {
    return `**Not known yet**: these rows are estimated. The newest that could be measured: ${figuresOf(performance)}.`;
  }
  if (performance === null) return 'Not known yet: too few labels have arrived to measure the model’s performance.';
  const figures = figuresOf(performance);
  if (performance.status === 'alert') return `**Yes**: ${figures}.`;
  if (performance.status === 'insufficient-data') return `Not known yet: ${markdownText(performance.why, 300)}`;
  return `${performance.status === 'ok' ? '**Not measurably**' : '**Perhaps**'}: ${figures}.`;
}

/** On moved inputs: the issue of the harm, where things are done. */
function harmLine({ harm = [] }: IncidentFacts): string {
  const numbers = harm.flatMap(({ number }) => (number === null ? [] : [`#${number}`]));
  return numbers.length === 0 ? '' : `What is done about it stands in ${numbers.join(' and ')}.`;
}

/** Where it hurts: only while it does. */
function slicesLine({ slices, performance }: IncidentFacts): string {
  if (slices == null || (performance?.status !== 'alert' && performance?.status !== 'warning')) return '';
  return `Where: ${markdownText(slices.why, 600)}`;
}

// While the model keeps its promise there is nothing that waiting for a retraining would cost.
function moneyLine({ business, performance }: IncidentFacts): string {
  if (business === null || performance?.status === 'ok') return '';
  return markdownText(phraseWaiting(business), 300);
}
