import { UserError } from '../core/errors/user-error.ts';
import type { VersionFiles } from '../core/registry/version-manifest.ts';
import type { EvaluationReport } from '../core/schema/evaluation-report.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { TrainingSpec } from '../core/schema/training-spec.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import { assembleVersion } from './assemble-version.ts';
import { evaluateChallengers } from './evaluate-challengers.ts';
import { frozenGrids } from './frozen-grids.ts';
import { makeChallengers } from './make-challengers.ts';
import type { Stopwatch } from './measure-latency.ts';
import { parseJson } from './parse-json.ts';
import { readHeldOut } from './read-dataset.ts';
import { readLagCurve } from './read-lag-curve.ts';
import { readVersion } from './read-version.ts';

export interface VersionTask {
  readonly definition: ModelDefinition;
  /** Bytes of training-spec.json. */
  readonly specBytes: Uint8Array;
  /** Holds the champion. */
  readonly repository: ModelRepository;
  readonly log: PredictionLog & LabelLog;
  readonly runtime: TrainingRuntime;
  readonly stopwatch: Stopwatch;
  readonly note: (line: string) => void;
}

/** From a training spec to a version folder: trains the challengers or recalibrates the champion, measures them against the champion, keeps the better one. */
export async function makeVersion(task: VersionTask): Promise<{ readonly report: EvaluationReport; readonly files: VersionFiles }> {
  const { definition, repository, log, runtime, stopwatch, note } = task;
  const spec = parseJson(TrainingSpec, task.specBytes, 'training-spec.json');
  checkSpec(spec, definition);
  const champion = spec.champion === null ? null : await readVersion(repository, spec.model, spec.champion);
  const grids = await frozenGrids(log, { definition, spec, champion });
  const challengers = await makeChallengers({ definition, spec, log, runtime, grids, champion, note });
  const heldOut = await readHeldOut(log, { definition, spec, grids });
  note(`judging on ${heldOut.facts.rows} labelled rows, ${spec.heldOut.start} to ${spec.heldOut.end}, on which nobody was trained`);
  const report = await evaluateChallengers({ definition, spec, heldOut, challengers, champion, runtime, stopwatch });
  const challenger = challengers.find(({ name }) => name === report.selected);
  if (challenger === undefined) throw new RangeError(`no challenger is called ${report.selected}`);
  const lagCurve = await readLagCurve(log, definition, spec);
  const files = await assembleVersion({
    definition,
    spec,
    specBytes: task.specBytes,
    report,
    challenger,
    heldOut,
    lagCurve,
    grids,
    runtime,
  });
  return { report, files };
}

function checkSpec(spec: TrainingSpec, definition: ModelDefinition): void {
  const leak = spec.challengers.find(({ range }) => range.end > spec.heldOut.start);
  const problem =
    spec.model !== definition.name
      ? `it is for model ${spec.model}, not ${definition.name}`
      : leak !== undefined
        ? `challenger ${leak.name} would be trained until ${leak.range.end}, on rows held out from ${spec.heldOut.start}`
        : null;
  if (problem === null) return;
  throw new UserError({
    code: 'TRAINING_SPEC_INVALID',
    message: `training-spec.json: ${problem}`,
    hint: 'let the bot write the training spec again',
  });
}
