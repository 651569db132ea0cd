import { digestValue } from '../digest/sha256.ts';
import { weighCheck } from '../evaluation/weighed-check.ts';
import { durationSeconds } from '../schema/duration.ts';
import type { GateCheck } from '../schema/gate-verdict.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';

/** How many monitoring windows the held-out rows may end before the newest label: the window under way, the one that a log row late by a moment leaves open, and one of grace. */
const GRACE_WINDOWS = 3;

export interface Lineage {
  /** Of the base branch. */
  readonly definition: ModelDefinition;
  /** Of the head branch: nothing in it is believed. */
  readonly spec: TrainingSpec;
  readonly version: string;
  /** The version that serves on the base branch. */
  readonly champion: string | null;
  readonly trainedUntil: string;
  readonly judgedAt: Instant;
}

/** Whether the training spec on the branch is one that the definition of the base branch would have led to. */
export function lineageChecks({ definition, spec, version, champion, trainedUntil, judgedAt }: Lineage): GateCheck[] {
  const features = definition.columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
  const windowSeconds = durationSeconds(definition.monitoring.window);
  const behind = durationSeconds(definition.labels.delay) + durationSeconds(definition.logs.lateness) + GRACE_WINDOWS * windowSeconds;
  const latest = spec.challengers.reduce((end, { range }) => (range.end > end ? range.end : end), '');
  return [
    equal('the spec is for this version', `${definition.name} ${version}`, `${spec.model} ${spec.version}`),
    equal('the spec challenges the champion that serves', champion ?? 'none', spec.champion ?? 'none'),
    equal(
      'features and training policy are those of model.yml',
      digestValue([features, definition.training]),
      digestValue([spec.features, spec.training]),
    ),
    equal('the version is trained until the end of its spec', latest, trainedUntil),
    weighCheck({
      name: 'the spec is not from the future',
      metric: 'asOf',
      operator: '<=',
      expected: judgedAt,
      actual: spec.asOf,
      why: `The spec is of ${spec.asOf}; the gate judges as of ${judgedAt}.`,
    }),
    weighCheck({
      name: 'the held-out rows are the newest labelled ones',
      metric: 'heldOutUntil',
      operator: '>=',
      expected: addSeconds(spec.asOf, -behind),
      actual: spec.heldOut.end,
      why: `As of ${spec.asOf}, with labels ${definition.labels.delay} late, rows are held out until ${spec.heldOut.end}.`,
    }),
  ];
}

/** A check that two texts are the same. */
export function equal(name: string, expected: string, actual: string | null): GateCheck {
  const why = expected === actual ? 'They are the same.' : `Expected ${expected}, found ${actual ?? 'nothing'}.`;
  return weighCheck({ name, metric: 'equality', operator: '==', expected, actual, why });
}
