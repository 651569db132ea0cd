import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flightsFile } from '../../bot/simulator/flights-file.ts';
import { openProductionSimulator } from '../../bot/simulator/production-simulator.ts';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openArtifactStore } from '../../pipelines/adapters/files/open-artifact-store.ts';
import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { emptyModelState } from '../../pipelines/core/schema/model-state.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { LabelLog } from '../../pipelines/ports/label-log.ts';
import type { PredictionLog } from '../../pipelines/ports/prediction-log.ts';
import { trainAndJudge } from '../../pipelines/stages/backtest-workshop.ts';
import { openMemoryRepository } from '../../pipelines/stages/memory-repository.ts';
import { openTrials } from '../../pipelines/stages/open-trials.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { flightDefinition, SCORER } from './flights-log.ts';

/** A week to train on, two of reference, one that was watched already, and one of which a day is new. */
const WEEKS = [4, 5, 6, 7, 8];
const TRAINING_START = '2001-01-22T00:00:00Z';
const REFERENCE = { start: '2001-01-29T00:00:00Z', end: '2001-02-12T00:00:00Z' };
const WATCHED = '2001-02-19T00:00:00Z';
/** About 330 flights a day. */
const SHARE = 0.02;

/** A moment at which no window is complete that was not watched before. */
export const NOTHING_NEW = '2001-02-19T12:00:00Z';
/** A moment at which one more window is complete. */
export const ONE_WINDOW_NEW = '2001-02-20T12:00:00Z';

/** The arguments of `holdfast watch` for a folder that `writeWatchedRepository` wrote. */
export function watchArguments(root: string, asOf: string): readonly string[] {
  return ['watch', 'flight-delay', '--root', root, '--data-root', join(root, 'data'), '--as-of', asOf];
}

/** Writes what a scheduled `holdfast watch` meets: definition, deployed version, logs of real flights, and the state and profiles of a week. */
export async function writeWatchedRepository(root: string): Promise<void> {
  await writeLogs(join(root, 'data'));
  const definition = flightDefinition();
  const log = await openDuckDbLog({ definition, dataRoot: join(root, 'data') });
  const { reference, championVersion, trials } = await writeVersion(root, definition, log);
  const { name: model } = definition;
  const deployment = { schemaVersion: 1 as const, model, production: 'v1', fallback: null };
  const empty = emptyModelState(model);
  const artifacts = openArtifactStore(join(root, '.holdfast', 'artifacts'));
  const given = { definition, deployment, reference, championVersion, state: empty, log, labels: log, artifacts, asOf: WATCHED, trials };
  const { report, summaries } = await watchModel(given);
  log.close();
  const state = { ...empty, champion: 'v1', watermark: report.watermark, windows: summaries, trial: report.trial ?? null };
  await writeText(join(root, '.holdfast', 'state', 'state', 'v1', 'models'), `${model}.json`, canonicalJson(state));
}

async function writeLogs(dataRoot: string): Promise<void> {
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot, share: SHARE });
  for (const week of WEEKS) await simulator.writeWeek(week, { version: 'v1', predictor: SCORER });
  simulator.close();
}

/** Trains version 1 on the first of its weeks and judges it on the second, as `holdfast specify` and `train` would. */
async function writeVersion(root: string, definition: ModelDefinition, log: PredictionLog & LabelLog) {
  const spec = specifyInitialTraining({
    definition,
    version: 'v1',
    decision: 'bench',
    asOf: WATCHED,
    range: { start: TRAINING_START, end: REFERENCE.start },
    heldOut: REFERENCE,
  });
  const runtime = await openTrainingRuntime(definition);
  const workshop = { definition, log, runtime, stopwatch: () => performance.now(), note: () => undefined };
  const repository = openMemoryRepository(definition);
  const { files } = await trainAndJudge(workshop, repository, spec);
  repository.add('v1', files);
  const folder = join(root, 'models', definition.name);
  await mkdir(join(folder, 'versions', 'v1'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, 'versions', 'v1', name), bytes);
  await writeText(folder, 'deployment.yml', `schemaVersion: 1\nmodel: ${definition.name}\nproduction: v1\n`);
  await copyFile(fileURLToPath(new URL('../../models/flight-delay/model.yml', import.meta.url)), join(folder, 'model.yml'));
  const textOf = (name: string) => new TextDecoder().decode(files[name]);
  // The first run of a champion tries remedies; those that are measured come after it.
  const trials = openTrials({ ...workshop, openRuntime: async () => runtime, repository });
  return {
    reference: ReferenceProfile.parse(JSON.parse(textOf('reference.json'))),
    championVersion: ModelVersion.parse(JSON.parse(textOf('version.json'))),
    trials,
  };
}

async function writeText(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
}
