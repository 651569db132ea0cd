import { phraseWaiting } from '../../../pipelines/core/business/phrase-waiting.ts';
import { phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { metricDigits, metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { phraseNumber } from '../../../pipelines/core/views/phrase-number.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement } from '../phrase-signal.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** Whether the model's results suffer, and what that costs. */
export function doesItHurt(facts: IncidentFacts): string {
  return section('Does it hurt?', bullets([performanceLine(facts), moneyLine(facts)].filter((line) => line !== '')));
}

function performanceLine({ performance }: IncidentFacts): string {
  if (performance === null) return 'Not known yet: too few labels have arrived to measure the model’s performance.';
  const name = metricName(performance.subject);
  const promised =
    performance.reference === null ? '' : `, promised ${phraseNumber(performance.reference, metricDigits(performance.subject))}`;
  const figures = `realised ${name} ${phraseMeasurement(performance)}${promised}, ${phraseWindow(performance.window)}`;
  if (performance.status === 'alert') return `**Yes**: ${figures}.`;
  if (performance.status === 'insufficient-data') return `Not known yet: ${markdownText(performance.why, 300)}`;
  return `${performance.status === 'ok' ? '**Not measurably**' : '**Perhaps**'}: ${figures}.`;
}

// While the model keeps its promise there is nothing that waiting for a retraining would cost.
function moneyLine({ business, performance }: IncidentFacts): string {
  if (business === null || performance?.status === 'ok') return '';
  return markdownText(phraseWaiting(business), 300);
}
