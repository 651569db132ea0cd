import { buildEvaluationReport, type ScoredContender } from '../core/evaluation/build-evaluation-report.ts';
import { checkClasses } from '../core/evaluation/check-classes.ts';
import { artifactDigest } from '../core/registry/artifact-digest.ts';
import type { EvaluationReport } from '../core/schema/evaluation-report.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { DatasetFacts, TrainingSpec } from '../core/schema/training-spec.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import { measureLatency, type Stopwatch } from './measure-latency.ts';
import type { HeldOut } from './read-dataset.ts';
import type { StoredVersion } from './read-version.ts';
import type { TrainedChallenger } from './train-challengers.ts';

export interface EvaluationTask {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  readonly heldOut: HeldOut;
  readonly challengers: readonly TrainedChallenger[];
  /** null for a first version. */
  readonly champion: StoredVersion | null;
  readonly runtime: Pick<TrainingRuntime, 'load' | 'backend'>;
  readonly stopwatch: Stopwatch;
}

/** Scores baseline, champion and challengers on the same held-out rows and measures them. */
export async function evaluateChallengers(task: EvaluationTask): Promise<EvaluationReport> {
  const { definition, spec, heldOut, champion } = task;
  const challengers: ScoredContender[] = [];
  for (const challenger of task.challengers) challengers.push(await scoreContender(task, { ...challenger, version: null }));
  return buildEvaluationReport({
    definition,
    spec,
    heldOut: heldOut.facts,
    timestamps: heldOut.labelled.timestamps,
    labels: heldOut.labelled.labels,
    rows: heldOut.labelled,
    baseline: trivialBaseline(task.challengers, heldOut),
    champion: champion === null ? null : await scoreContender(task, championOf(champion)),
    challengers,
    backend: task.runtime.backend,
  });
}

interface Entrant extends Omit<TrainedChallenger, 'trainedOn' | 'constant'> {
  readonly trainedOn: DatasetFacts | null;
  readonly version: string | null;
}

function championOf(champion: StoredVersion): Entrant {
  const { report, files, manifest, model } = champion;
  const facts = report.challengers.find(({ name }) => name === report.selected)?.trainedOn ?? null;
  return { name: 'champion', version: manifest.version, model, modelJson: files['model.json'] ?? new Uint8Array(), trainedOn: facts };
}

async function scoreContender({ definition, runtime, heldOut, stopwatch }: EvaluationTask, entrant: Entrant): Promise<ScoredContender> {
  checkClasses(definition, entrant.model.artifact, entrant.version ?? entrant.name);
  const predictor = await runtime.load(entrant.model);
  try {
    const { scores, predicted } = await predictor.predict(heldOut.labelled);
    return {
      name: entrant.name,
      version: entrant.version,
      artifactDigest: artifactDigest(entrant.modelJson, entrant.model.weights),
      trainedOn: entrant.trainedOn,
      scores,
      predicted,
      latencyMs: await measureLatency(predictor, heldOut.labelled, stopwatch),
      bytes: entrant.modelJson.byteLength + entrant.model.weights.byteLength,
    };
  } finally {
    predictor.dispose();
  }
}

/** The best constant answer on the rows of the first challenger, given to every row: what a model must beat. */
function trivialBaseline(challengers: readonly TrainedChallenger[], heldOut: HeldOut): ScoredContender {
  const [first] = challengers.flatMap(({ trainedOn, constant }) => (constant === undefined ? [] : [{ trainedOn, constant }]));
  if (first === undefined) throw new RangeError('there is no trained challenger to evaluate');
  const { trainedOn, constant } = first;
  const rows = heldOut.labelled.labels.length;
  return {
    name: 'baseline',
    version: null,
    artifactDigest: null,
    trainedOn,
    scores: new Float64Array(rows).fill(constant.score),
    predicted: new Float64Array(rows).fill(constant.predicted),
    latencyMs: null,
    bytes: 0,
  };
}
