import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openModelRepository } from '../../pipelines/adapters/files/open-model-repository.ts';
import { writeDeployment } from '../../pipelines/adapters/files/write-deployment.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import { durationSeconds } from '../../pipelines/core/schema/duration.ts';
import type { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { ModelArtifact } from '../../pipelines/core/schema/model-artifact.ts';
import type { TrainingRuntime } from '../../pipelines/ports/training-runtime.ts';
import { makeVersion } from '../../pipelines/stages/make-version.ts';
import type { ProductionSimulator } from '../simulator/production-simulator.ts';

export interface Bootstrap {
  /** Root of the repository to be: models/<model>/ is filled in. */
  readonly root: string;
  readonly model: string;
  readonly dataRoot: string;
  readonly simulator: ProductionSimulator;
  readonly runtime: TrainingRuntime;
  readonly note: (line: string) => void;
}

const TRAINING_WEEKS = 4;
const REFERENCE_WEEKS = 6;

/**
 * Makes version 1 as its owner would have before Holdfast came: trained on weeks 1 to 4, judged on weeks 5 and 6, which become its reference and its promise.
 * The log of those two weeks is then written as version 1 scores it.
 */
export async function bootstrapFirstVersion(task: Bootstrap): Promise<EvaluationReport> {
  const { root, model, simulator, runtime } = task;
  for (let week = 1; week <= REFERENCE_WEEKS; week += 1) await simulator.writeWeek(week, { version: null, predictor: null });
  const repository = openModelRepository(root);
  const definition = await repository.definition(model);
  const start = weekStart(simulator, 1);
  const split = weekStart(simulator, TRAINING_WEEKS + 1);
  const end = weekStart(simulator, REFERENCE_WEEKS + 1);
  // All labels of the last reference day have arrived one label delay later.
  const asOf = addSeconds(end, durationSeconds(definition.labels.delay));
  const spec = specifyInitialTraining({
    definition,
    version: 'v1',
    decision: 'bootstrap',
    asOf,
    range: { start, end: split },
    heldOut: { start: split, end },
  });
  const log = await openDuckDbLog({ definition, dataRoot: task.dataRoot });
  try {
    const specBytes = new TextEncoder().encode(canonicalJson(spec));
    const { report, files } = await makeVersion({
      definition,
      specBytes,
      repository,
      log,
      runtime,
      stopwatch: () => performance.now(),
      note: task.note,
    });
    await writeVersion(task, files);
    await scoreReferenceWeeks(task, files);
    return report;
  } finally {
    log.close();
  }
}

async function scoreReferenceWeeks({ simulator, runtime }: Bootstrap, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const artifact = ModelArtifact.parse(JSON.parse(new TextDecoder().decode(files['model.json'])));
  const predictor = await runtime.load({ artifact, weights: files['weights.bin'] ?? new Uint8Array() });
  for (let week = TRAINING_WEEKS + 1; week <= REFERENCE_WEEKS; week += 1) await simulator.writeWeek(week, { version: 'v1', predictor });
  predictor.dispose();
}

async function writeVersion({ root, model }: Bootstrap, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const folder = join(root, 'models', model, 'versions', 'v1');
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  await writeDeployment({ root, model, version: 'v1' });
}

function weekStart(simulator: ProductionSimulator, week: number): string {
  const found = simulator.weeks[week - 1];
  if (found === undefined) throw new RangeError(`there is no week ${week}`);
  return found.window.start;
}
