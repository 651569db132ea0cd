import type { DecisionView } from './decision-view.ts';
import type { Health } from './health.ts';
import { uncapitalised } from './incident-title.ts';
import type { IncidentView } from './incident-view.ts';
import type { PerformanceView } from './performance-view.ts';
import { phraseNumber, phraseQuantity } from './phrase-number.ts';

interface StatusFacts {
  readonly health: Health;
  readonly reasons: readonly string[];
  readonly performance: PerformanceView;
  readonly incidents: readonly IncidentView[];
  readonly decisions: readonly DecisionView[];
}

/** The first line of a model's page: one or two sentences that stand without the page. */
export function statusSentence(facts: StatusFacts): string {
  const { health, reasons, performance, incidents } = facts;
  if (health === 'not-monitored' || health === 'unknown') return joined([reasons[0] ?? 'Nothing is known.', lastKnown(performance)]);
  const open = incidents.filter((incident) => incident.open);
  if (health === 'healthy') return joined([performanceSentence(performance), 'No open incident.']);
  const count =
    open.length === 0
      ? (reasons[0] ?? '')
      : `${phraseQuantity(open.length, 'open incident')}: ${open.map((incident) => uncapitalised(incident.title)).join(', ')}.`;
  return joined([performanceSentence(performance), count]);
}

/** 'Realised AUC is 0.610, promised were 0.660: a loss of 0.050, beyond the tolerated 0.020.' */
function performanceSentence({ name, digits, now, promised, toleratedDrop, higherIsBetter }: PerformanceView): string {
  if (now === null || now.value === null) return '';
  const value = `Realised ${name} is ${phraseNumber(now.value, digits)}`;
  if (promised === null || promised.value === null) return `${value}.`;
  const loss = higherIsBetter ? promised.value - now.value : now.value - promised.value;
  const against = `${value} against ${phraseNumber(promised.value, digits)} promised`;
  if (loss <= 0) return `${against}: the promise is kept.`;
  const tolerated = phraseNumber(toleratedDrop, digits);
  return loss > toleratedDrop
    ? `${against}: ${phraseNumber(loss, digits)} worse, more than the ${tolerated} tolerated.`
    : `${against}: within the ${tolerated} tolerated.`;
}

function lastKnown({ name, digits, now }: PerformanceView): string {
  return now === null || now.value === null ? '' : `Last known ${name}: ${phraseNumber(now.value, digits)}.`;
}

function joined(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

interface NextFacts extends Pick<StatusFacts, 'health' | 'incidents' | 'decisions' | 'performance'> {
  /** Alert windows in a row that open an incident. */
  readonly openAfter: number;
}

/** What a person should do next. */
export function nextStep({ health, incidents, decisions, performance, openAfter }: NextFacts): string {
  const waiting = decisions.find((decision) => decision.outcome === 'waiting');
  if (waiting !== undefined && waiting.pullRequest !== null) return `Review pull request #${waiting.pullRequest}`;
  const open = incidents.find((incident) => incident.open);
  if (health === 'unknown') return 'Find out why data is missing';
  if (health === 'not-monitored') return 'Deploy a version to start monitoring';
  if (open !== undefined) return open.number === null ? `Look at: ${open.title}` : `Look at incident #${open.number}`;
  if (health !== 'watch') return 'Nothing to do';
  if (performance.now?.status !== 'alert') return 'Keep an eye on it';
  const windows = openAfter === 1 ? 'one such window opens' : `${openAfter} such windows in a row open`;
  return `Look into realised ${performance.name}: the loss is beyond its interval; ${windows} an incident`;
}
