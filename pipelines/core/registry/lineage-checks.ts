import { digestValue } from '../digest/sha256.ts';
import { type WeighedCheck, weighCheck } from '../evaluation/weighed-check.ts';
import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';
import { type Champion, specChecks } from './spec-checks.ts';

/**
 * How many monitoring windows the held-out rows may end before the newest label: the window under way, the one that a log row late by a moment leaves
 * open, and one of grace.
 */
const GRACE_WINDOWS = 3;

export interface Lineage {
  /** Of the base branch. */
  readonly definition: ModelDefinition;
  /** Of the head branch: nothing in it is believed. */
  readonly spec: TrainingSpec;
  readonly version: string;
  /** The version that serves on the base branch; null when none does. */
  readonly champion: Champion | null;
  readonly trainedUntil: string;
  /** Event time up to which the log was complete at the moment of the spec; null when it held no row. */
  readonly watermark: Instant | null;
  readonly judgedAt: Instant;
}

/** Whether the training spec on the branch is the one that the definition, the champion and the log of the base lead to, at a moment near the judgement. */
export function lineageChecks({ definition, spec, version, champion, trainedUntil, watermark, judgedAt }: Lineage): WeighedCheck[] {
  const features = definition.columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
  const latest = spec.challengers.reduce((end, { range }) => (range.end > end ? range.end : end), '');
  return [
    equal('the spec is for this version', `${definition.name} ${version}`, `${spec.model} ${spec.version}`),
    equal('the spec challenges the champion that serves', champion?.manifest.version ?? 'none', spec.champion ?? 'none'),
    equal(
      'features and training policy are those of model.yml',
      digestValue([features, definition.training]),
      digestValue([spec.features, spec.training]),
    ),
    equal('the version is trained until the end of its spec', latest, trainedUntil),
    ...momentChecks(definition, spec, judgedAt),
    ...newestChecks(definition, spec, watermark),
    ...specChecks({ definition, spec, version, champion }),
  ];
}

/**
 * The moment of the spec, against the clock of the judge. A retraining may wait for its review, but not longer than the range that judges it: by then that many
 * newer labelled rows have come, on which nobody has looked at it.
 */
function momentChecks({ training }: ModelDefinition, { asOf }: TrainingSpec, judgedAt: Instant): WeighedCheck[] {
  const oldest = addSeconds(judgedAt, -durationSeconds(training.heldOutRange));
  const why = `The spec is of ${asOf}; the gate judges as of ${judgedAt}`;
  return [
    weighCheck({
      name: 'the spec is not from the future',
      metric: 'asOf',
      operator: '<=',
      expected: judgedAt,
      actual: asOf,
      why: `${why}.`,
    }),
    weighCheck({
      name: 'the spec is recent',
      metric: 'asOf',
      operator: '>=',
      expected: oldest,
      actual: asOf,
      why: `${why}. It may be as old as training.heldOutRange (${training.heldOutRange}); ${asOf >= oldest ? 'it is not older.' : 'train again.'}`,
    }),
  ];
}

/** Neither older rows than the newest that are labelled, nor so new ones that only those labelled early would count. */
function newestChecks(definition: ModelDefinition, { asOf, heldOut }: TrainingSpec, watermark: Instant | null): WeighedCheck[] {
  const [delay, window] = [durationSeconds(definition.labels.delay), durationSeconds(definition.monitoring.window)];
  const why = `As of ${asOf} the log reached until ${watermark ?? 'nowhere'}; with labels ${definition.labels.delay} late, rows are held out until ${heldOut.end}.`;
  const actual = watermark === null ? null : heldOut.end;
  const at = (seconds: number) => (watermark === null ? 'rows' : addSeconds(watermark, seconds));
  const common = { metric: 'heldOutUntil', actual, why } as const;
  return [
    weighCheck({
      ...common,
      name: 'the held-out rows are the newest labelled ones',
      operator: '>=',
      expected: at(-delay - GRACE_WINDOWS * window),
    }),
    weighCheck({ ...common, name: 'the held-out rows had time to get their labels', operator: '<=', expected: at(window - delay) }),
  ];
}

/** A check that two texts are the same. */
export function equal(name: string, expected: string, actual: string | null): WeighedCheck {
  const why = expected === actual ? 'They are the same.' : `Expected ${expected}, found ${actual ?? 'nothing'}.`;
  return weighCheck({ name, metric: 'equality', operator: '==', expected, actual, why });
}
