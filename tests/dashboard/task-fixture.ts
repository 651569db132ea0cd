import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { estimateMetrics } from '../../pipelines/core/evaluation/estimate-metrics.ts';
import { type Contender, EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { emptyModelState } from '../../pipelines/core/schema/model-state.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { writeLog } from '../adapters/duckdb/write-log.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import {
  DAY,
  type OtherTask,
  REFERENCE_DAYS,
  TASK_START,
  taskDefinition,
  taskModel,
  taskReference,
  taskRows,
} from '../fakes/task-world.ts';

const DAYS = REFERENCE_DAYS + 9;
const NOW = addSeconds(TASK_START, (DAYS + 1) * DAY);

/** Writes a model of several classes and a regression, watched for nine days through files and engine, and tells the dashboard where they are. */
export async function writeTaskFixture(folder: string): Promise<Record<string, string>> {
  for (const task of ['multiclass', 'regression'] as const) {
    for (const [name, text] of Object.entries(await filesOf(task))) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return { HOLDFAST_MODELS_DIR: join(folder, 'models'), HOLDFAST_STATE_DIR: join(folder, 'state'), HOLDFAST_BUILT_AT: NOW };
}

async function filesOf(task: OtherTask): Promise<Record<string, string>> {
  const definition = taskDefinition(task);
  const { name } = definition;
  const dataRoot = mkdtempSync(join(tmpdir(), 'holdfast-tasks-'));
  await writeLog(dataRoot, 'log.csv', taskRows(task, DAYS));
  const log = await openDuckDbLog({ definition, dataRoot, threads: 2 });
  try {
    const reference = await taskReference(task, log);
    const rows = await log.rows({ range: reference.range, asOf: NOW, limit: 10_000, labelledOnly: true });
    const { version, files } = versionOf(task, reference, rows);
    const deployment = { schemaVersion: 1 as const, model: name, production: 'v1', fallback: null };
    const state = emptyModelState(name);
    const artifacts = new MemoryArtifacts();
    const watched = { definition, deployment, reference, championVersion: version, state, log, labels: log, artifacts, asOf: NOW };
    const { report, summaries } = await watchModel(watched);
    const folder = `models/${name}`;
    return {
      [`${folder}/model.yml`]: canonicalJson(taskModel(task)),
      [`${folder}/deployment.yml`]: canonicalJson(deployment),
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/versions/v1/${file}`, text])),
      [`state/state/v1/models/${name}.json`]: canonicalJson(reduceState(state, { report, summaries, decisions: [], asOf: NOW })),
    };
  } finally {
    log.close();
    rmSync(dataRoot, { recursive: true });
  }
}

function versionOf(task: OtherTask, reference: ReferenceProfile, rows: RowTable) {
  const definition = taskDefinition(task);
  const { range } = reference;
  const facts = { range, rows: rows.ids.length, positives: 0, quarantined: 0, digest: digestText(task) };
  const { scores, predicted, labels } = rows;
  const contender: Contender = {
    name: 'initial',
    version: 'v1',
    artifactDigest: digestText('artifact'),
    trainedOn: facts,
    metrics: estimateMetrics({ task, scores, predicted, labels, businessValue: definition.businessValue }),
    latencyMs: 0.01,
    bytes: 1000,
  };
  const spec = TrainingSpec.parse({
    schemaVersion: 1,
    model: definition.name,
    version: 'v1',
    champion: null,
    decision: 'first',
    asOf: range.end,
    challengers: [{ name: 'initial', range }],
    heldOut: range,
    features: ['length'],
    training: definition.training,
  });
  const evaluation = EvaluationReport.parse({
    schemaVersion: 1,
    model: definition.name,
    version: 'v1',
    asOf: range.end,
    heldOut: facts,
    baseline: { ...contender, name: 'baseline', version: null, artifactDigest: null, trainedOn: null },
    champion: null,
    challengers: [contender],
    selected: 'initial',
    selectedBecause: 'The only challenger.',
    comparisons: [],
    backend: 'fixture 1.0.0',
  });
  const files = {
    'training-spec.json': canonicalJson(spec),
    'evaluation-report.json': canonicalJson(evaluation),
    'reference.json': canonicalJson(reference),
  };
  const version = ModelVersion.parse({
    schemaVersion: 1,
    model: definition.name,
    version: 'v1',
    parent: null,
    createdAt: range.end,
    trainedUntil: range.end,
    artifactDigest: digestText('artifact'),
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, digestText(text)])),
  });
  return { version, files: { ...files, 'version.json': canonicalJson(version) } };
}
