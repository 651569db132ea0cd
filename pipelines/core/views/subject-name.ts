import { LATENCY_COLUMN, PREDICTION_COLUMN, SCORE_COLUMN } from '../schema/window-profile.ts';

const NAMES: Readonly<Record<string, string>> = {
  [SCORE_COLUMN]: 'score',
  [PREDICTION_COLUMN]: 'called class',
  [LATENCY_COLUMN]: 'latency',
};

/** How a column is called where people read: a column of the contract by its own name, what every log has in words. */
export function subjectName(subject: string): string {
  return NAMES[subject] ?? subject;
}
