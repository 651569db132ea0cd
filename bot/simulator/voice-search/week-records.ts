import type { Predictions } from '../../../pipelines/core/schema/predictions.ts';
import type { LoggedQuery } from './simulated-week.ts';
import { INTENTS } from './world.ts';

/** A scored week and the version that scored it. */
export interface ScoredBy {
  readonly version: string;
  readonly predictions: Predictions;
}

/** The columns of the prediction log and their types in SQL, in order. */
export const PREDICTION_COLUMNS: Readonly<Record<string, string>> = {
  id: 'VARCHAR',
  ts: 'TIMESTAMP',
  transcript: 'VARCHAR',
  recogniser_confidence: 'DOUBLE',
  accent: 'VARCHAR',
  region: 'VARCHAR',
  device: 'VARCHAR',
  consent: 'VARCHAR',
  intent: 'VARCHAR',
  confidence: 'DOUBLE',
  ...Object.fromEntries(INTENTS.map((intent) => [`p_${intent}`, 'DOUBLE'])),
  model_version: 'VARCHAR',
  latency_ms: 'DOUBLE',
};

/** The columns of the label log and their types in SQL, in order. */
export const LABEL_COLUMNS: Readonly<Record<string, string>> = {
  id: 'VARCHAR',
  intent: 'VARCHAR',
  label_ts: 'TIMESTAMP',
  annotator: 'VARCHAR',
};

/** What the log keeps of a query. Without a serving model the columns of the prediction stay empty. */
export function predictionRecord(query: LoggedQuery, row: number, scored: ScoredBy | null): Readonly<Record<string, unknown>> {
  const { id, at, transcript, recogniserConfidence, accent, region, device, consent, latencyMs } = query;
  return {
    id,
    ts: at,
    transcript,
    recogniser_confidence: recogniserConfidence,
    accent,
    region,
    device,
    consent: consent ? 'yes' : 'no',
    ...(scored === null ? {} : answer(scored, row)),
    latency_ms: latencyMs,
  };
}

function answer({ version, predictions }: ScoredBy, row: number): Readonly<Record<string, unknown>> {
  const shares = INTENTS.map((intent) => [`p_${intent}`, predictions.probabilities[intent]?.[row] ?? null]);
  return {
    intent: INTENTS[predictions.predicted[row] ?? -1] ?? null,
    confidence: predictions.scores[row] ?? null,
    ...Object.fromEntries(shares),
    model_version: version,
  };
}
