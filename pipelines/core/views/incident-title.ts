import type { Incident, IncidentMember } from '../schema/incident.ts';
import { DRIFT_KINDS, type SignalKind } from '../schema/signal.ts';
import { PREDICTION_COLUMN } from '../schema/window-profile.ts';
import { metricName } from './phrase-metric.ts';
import { phraseQuantity } from './phrase-number.ts';

export const SIGNAL_KIND_WORDS: Readonly<Record<SignalKind, string>> = {
  'data-drift': 'Drift of',
  'prediction-drift': 'Drift of the predictions',
  'multivariate-drift': 'Joint drift of',
  vocabulary: 'New words in',
  'missing-values': 'Missing values in',
  'unseen-values': 'Unseen values in',
  'out-of-range': 'Values out of range in',
  'data-quality': 'Data quality of',
  schema: 'Schema of',
  'unit-slip': 'Changed unit of',
  duplicates: 'Duplicates in',
  clock: 'Clock of',
  freshness: 'Freshness of',
  'serving-skew': 'Served and logged values differ in',
  'folded-values': 'Values the model does not know in',
  volume: 'Volume of',
  latency: 'Latency of',
  errors: 'Errors of',
  'realised-performance': 'Realised',
  'estimated-performance': 'Estimated',
  'slice-performance': 'Loss in the slice',
  fairness: 'Fairness:',
  'label-agreement': 'Agreement of',
  'business-value': 'Business value',
};

/** Kinds of one subject only, which their words name. */
const SPEAKS_FOR_ITSELF: ReadonlySet<SignalKind> = new Set(['prediction-drift', 'business-value']);

/** Values that the model does not know, where several columns hold such. */
const NEW_VALUES: ReadonlySet<SignalKind> = new Set(['unseen-values', 'folded-values']);

type Titled = Pick<Incident, 'kind' | 'subject' | 'members'>;

/** 'Realised AUC', 'Drift of distance', 'Volume of predictions'; of several: 'Inputs have moved'. Without figures and names that would change from run to run. */
export function incidentTitle(incident: Titled): string {
  return incident.members === undefined ? statementTitle(incident) : gatheredTitle(incident.members);
}

/** The name of one statement. */
export function statementTitle({ kind, subject }: Pick<Titled, 'kind' | 'subject'>): string {
  if (kind === 'prediction-drift' && subject === PREDICTION_COLUMN) return 'Drift of the called class';
  const words = SIGNAL_KIND_WORDS[kind];
  if (SPEAKS_FOR_ITSELF.has(kind)) return words;
  const ofMetric = kind === 'realised-performance' || kind === 'estimated-performance';
  return `${words} ${ofMetric ? metricName(subject) : subject}`;
}

function gatheredTitle(members: readonly IncidentMember[]): string {
  const kinds = [...new Set(members.map(({ kind }) => kind))];
  if (kinds.every((kind) => kind === 'prediction-drift')) return 'Predictions have moved';
  if (isOfMovement(members)) return 'Inputs have moved';
  const [first, ...others] = new Set(members.map(({ subject }) => subject));
  const where = others.length === 0 ? (first ?? 'several columns') : 'several columns';
  const [kind] = kinds;
  return kinds.length === 1 && kind !== undefined ? `${SIGNAL_KIND_WORDS[kind]} ${where}` : `Broken data in ${where}`;
}

/** The world has moved; else the data is broken. */
function isOfMovement(members: readonly IncidentMember[]): boolean {
  return members.some(({ kind }) => DRIFT_KINDS.has(kind)) || members.every(({ kind }) => NEW_VALUES.has(kind));
}

const NAMED = 3;

/** What an incident says now, in a sentence or two that stand without the page. */
export function incidentSentence(incident: Pick<Incident, 'kind' | 'subject' | 'latest' | 'members'>): string {
  const { members, latest } = incident;
  if (members === undefined) return latest.why;
  const bad = members.filter(({ status }) => status === 'bad');
  const recovered = members.length - bad.length;
  if (bad.length === 0) return `All ${members.length} are healthy again.`;
  const names = bad.slice(0, NAMED).map((member) => uncapitalised(statementTitle(member)));
  const more = bad.length > NAMED ? ` and ${bad.length - NAMED} more` : '';
  const over = recovered === 0 ? '' : ` (${phraseQuantity(recovered, 'other')} recovered)`;
  const head = bad.length === 1 ? 'Still bad' : isOfMovement(members) ? 'Moved together' : 'Broken together';
  return `${head}: ${names.join(', ')}${more}${over}. ${bad.length === 1 ? '' : 'Weighs most: '}${latest.why}`;
}

/** Names of columns and metrics keep their capitals. */
export function uncapitalised(title: string): string {
  return `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}
