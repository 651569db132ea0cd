import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flightsFile } from '../../bot/simulator/flights-file.ts';
import { openProductionSimulator } from '../../bot/simulator/production-simulator.ts';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openArtifactStore } from '../../pipelines/adapters/files/open-artifact-store.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { durationSeconds } from '../../pipelines/core/schema/duration.ts';
import { emptyModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { flightDefinition, GRIDS, SCORER } from './flights-log.ts';

/** Two weeks of reference, one that was watched already, and one of which a day is new. */
const WEEKS = [5, 6, 7, 8];
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
  const windowSeconds = durationSeconds(definition.monitoring.window);
  const days = windowsBetween(REFERENCE, windowSeconds);
  const windows = await log.profile(days, GRIDS, WATCHED);
  const cubes = await log.cubes(days, WATCHED);
  const reference = buildReference({ definition, version: 'v1', range: REFERENCE, windowSeconds, windows, grids: GRIDS, cubes });
  const championVersion = await writeVersion(root, reference);
  const { name: model } = definition;
  const deployment = { schemaVersion: 1 as const, model, production: 'v1', fallback: null };
  const empty = emptyModelState(model);
  const artifacts = openArtifactStore(join(root, '.holdfast', 'artifacts'));
  const given = { definition, deployment, reference, championVersion, state: empty, log, labels: log, artifacts, asOf: WATCHED };
  const { report, summaries } = await watchModel(given);
  log.close();
  const state = { ...empty, champion: 'v1', watermark: report.watermark, windows: summaries };
  await writeText(join(root, '.holdfast', 'state', 'state', 'v1', 'models'), `${model}.json`, canonicalJson(state));
}

async function writeLogs(dataRoot: string): Promise<void> {
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot, share: SHARE });
  for (const week of WEEKS) await simulator.writeWeek(week, { version: 'v1', predictor: SCORER });
  simulator.close();
}

// The watcher reads the manifest and the reference of a version, never its weights: there are none.
async function writeVersion(root: string, reference: ReferenceProfile): Promise<ModelVersion> {
  const { model, version, range } = reference;
  const referenceJson = canonicalJson(reference);
  const manifest: ModelVersion = {
    schemaVersion: 1,
    model,
    version,
    parent: null,
    createdAt: range.end,
    trainedUntil: range.start,
    artifactDigest: digestText(''),
    files: { 'reference.json': digestText(referenceJson) },
  };
  const folder = join(root, 'models', model);
  await writeText(join(folder, 'versions', version), 'reference.json', referenceJson);
  await writeText(join(folder, 'versions', version), 'version.json', canonicalJson(manifest));
  await writeText(folder, 'deployment.yml', `schemaVersion: 1\nmodel: ${model}\nproduction: ${version}\n`);
  await copyFile(fileURLToPath(new URL('../../models/flight-delay/model.yml', import.meta.url)), join(folder, 'model.yml'));
  return manifest;
}

async function writeText(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
}
