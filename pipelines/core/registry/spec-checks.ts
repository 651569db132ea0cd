import { canonicalLine } from '../digest/canonical-json.ts';
import { digestValue } from '../digest/sha256.ts';
import { UserError } from '../errors/user-error.ts';
import { type WeighedCheck, weighCheck } from '../evaluation/weighed-check.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelVersion } from '../schema/model-version.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';
import { specifyInitialTraining, specifyRecalibration, specifyTraining } from './specify-training.ts';

/** What serves on the base branch, and where the history that its challengers may learn from begins. */
export interface Champion {
  readonly manifest: ModelVersion;
  readonly historyStart: Instant;
}

/** Where the history begins that the successors of a version may learn from: where its own did. */
export function historyStartOf({ challengers, recalibrate }: TrainingSpec): Instant {
  if (recalibrate !== undefined) return recalibrate.historyStart;
  const starts = challengers.map(({ range }) => range.start);
  return starts.reduce((first, start) => (start < first ? start : first));
}

/**
 * Makes the training spec again from the base and compares it whole. Only three things are taken from the branch: the name of the version, the id of the
 * decision (a reference), whether to train or to recalibrate (each has rules of its own), and the moment and end of the held-out rows, which `lineageChecks` bounds. The ranges of a first version cannot be made again: a person chose them.
 */
export function specChecks(of: {
  definition: ModelDefinition;
  spec: TrainingSpec;
  version: string;
  champion: Champion | null;
}): WeighedCheck[] {
  const { spec, champion } = of;
  const { expected, problem } = attempt(() => specAgain(of));
  const fields = expected === null ? [] : differing(expected, spec);
  const whole = weighCheck({
    name: 'the spec is what the base leads to',
    metric: 'equality',
    operator: '==',
    expected: expected === null ? 'a training spec' : digestValue(expected),
    actual: expected === null ? null : digestValue(spec),
    why:
      expected === null
        ? problem
        : fields.length === 0
          ? 'It was made again and is the same.'
          : `Made again, it differs in ${fields.join(', ')}.`,
  });
  return [whole, ...(champion === null ? [firstRanges(spec)] : [])];
}

function specAgain(of: { definition: ModelDefinition; spec: TrainingSpec; version: string; champion: Champion | null }): TrainingSpec {
  const { definition, spec, version, champion } = of;
  const asked = { definition, version, decision: spec.decision, asOf: spec.asOf };
  const [first] = spec.challengers;
  if (first === undefined) throw new RangeError('it has no challenger');
  if (champion === null) return specifyInitialTraining({ ...asked, range: first.range, heldOut: spec.heldOut });
  const { manifest, historyStart } = champion;
  const again = { ...asked, champion: manifest, historyStart, labelledUntil: spec.heldOut.end };
  return spec.recalibrate === undefined ? specifyTraining(again) : specifyRecalibration(again);
}

function attempt(make: () => TrainingSpec): { readonly expected: TrainingSpec | null; readonly problem: string } {
  try {
    return { expected: make(), problem: '' };
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError)
      return { expected: null, problem: `It cannot be made again: ${error.message}.` };
    throw error;
  }
}

function differing(expected: TrainingSpec, spec: TrainingSpec): string[] {
  const [a, b]: Readonly<Record<string, unknown>>[] = [expected, spec];
  return Object.keys({ ...a, ...b }).filter((key) => canonicalLine(a?.[key] ?? null) !== canonicalLine(b?.[key] ?? null));
}

function firstRanges(spec: TrainingSpec): WeighedCheck {
  const range = spec.challengers[0]?.range;
  return weighCheck({
    name: 'the ranges of a first version are chosen by the base',
    metric: 'ranges',
    operator: '==',
    expected: 'ranges',
    actual: null,
    otherwise: 'needs-human',
    why: `There is no champion to derive them from: trained on ${range?.start ?? '?'} to ${range?.end ?? '?'}, judged on ${spec.heldOut.start} to ${spec.heldOut.end}.`,
  });
}
