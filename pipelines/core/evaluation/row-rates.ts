import type { ModelDefinition } from '../schema/model-definition.ts';
import { type Answers, rowLosses } from './row-losses.ts';

/** Shares that part rows by what they are: of those that are, and of those that are not, how many are called so. */
export type OutcomeRate = 'truePositives' | 'falsePositives';

/** What is averaged over the rows of a group, of no one class. */
export type PlainRate = OutcomeRate | 'selection' | 'calibration' | 'right' | 'error' | 'absoluteError';

/** The same of one class against all others. */
export type ClassRate = `${OutcomeRate} of ${string}`;

/** What is averaged over the rows of a group. */
export type GroupRate = PlainRate | ClassRate;

/** The value of each row for each rate that its task has; NaN where the row does not count. */
export type RowRates = Readonly<Partial<Record<GroupRate, Float64Array>>>;

/**
 * What each row adds to the rates of its group.
 *
 * Binary: called positive (at businessValue.threshold, else at 0.5) of all rows, of positives and of negatives; label less score.
 * Multiclass: right or wrong of labelled rows, and that less the confidence; with labels.favourable also who is called favourable, of all rows, of those who are and of those who are not; without, who is
 * called a class, of those who are of it and of those who are not, class by class.
 * Regression: prediction less label, and its size.
 */
export function rowRates(definition: ModelDefinition, labels: Float64Array, answers: Answers): RowRates {
  switch (definition.task) {
    case 'binary': {
      const threshold = definition.businessValue?.threshold ?? 0.5;
      const called = answers.scores.map((score) => (Number.isNaN(score) ? Number.NaN : Number(score >= threshold)));
      return { ...outcomeRates(called, labels), calibration: lessScore(labels, answers) };
    }
    case 'multiclass': {
      const right = rowLosses(definition, labels, answers).map((wrong) => 1 - wrong);
      const favoured = favouredPlaces(definition);
      const isFavoured = (places: Float64Array) => places.map((place) => (Number.isNaN(place) ? Number.NaN : Number(favoured?.has(place))));
      const called = answers.predicted ?? new Float64Array(labels.length).fill(Number.NaN);
      const outcome = favoured === null ? classRates(definition, called, labels) : outcomeRates(isFavoured(called), isFavoured(labels));
      return { ...outcome, calibration: lessScore(right, answers), right };
    }
    case 'regression': {
      const error = labels.map((label, row) => (answers.scores[row] ?? Number.NaN) - label);
      return { error, absoluteError: rowLosses(definition, labels, answers) };
    }
  }
}

function classRates({ labels: { classes = [] } }: ModelDefinition, called: Float64Array, actual: Float64Array): RowRates {
  const is = (places: Float64Array, wanted: number) => places.map((place) => (Number.isNaN(place) ? Number.NaN : Number(place === wanted)));
  const rates = classes.map((name, place): RowRates => {
    const { truePositives, falsePositives } = outcomeRates(is(called, place), is(actual, place));
    return { [`truePositives of ${name}` as const]: truePositives, [`falsePositives of ${name}` as const]: falsePositives };
  });
  return Object.assign({}, ...rates);
}

/** `called` and `actual`: 1, 0 or NaN. */
function outcomeRates(called: Float64Array, actual: Float64Array): Record<'selection' | OutcomeRate, Float64Array> {
  const among = (kind: number) => called.map((call, row) => (actual[row] === kind ? call : Number.NaN));
  return { selection: called, truePositives: among(1), falsePositives: among(0) };
}

function lessScore(outcomes: Float64Array, { scores }: Answers): Float64Array {
  return outcomes.map((outcome, row) => outcome - (scores[row] ?? Number.NaN));
}

/** Places of the favourable classes among labels.classes; null where none is favourable. */
function favouredPlaces({ labels: { favourable, classes = [] } }: ModelDefinition): ReadonlySet<number> | null {
  return favourable === undefined ? null : new Set(favourable.map((each) => classes.indexOf(each)));
}
