import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bootstrapFirstVersion } from '../../bot/demo/bootstrap-first-version.ts';
import { flightsFile } from '../../bot/simulator/flights-file.ts';
import { openProductionSimulator } from '../../bot/simulator/production-simulator.ts';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openModelRepository } from '../../pipelines/adapters/files/open-model-repository.ts';
import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { decide } from '../../pipelines/core/decisions/decide.ts';
import { NOTHING_OBSERVED } from '../../pipelines/core/decisions/observed-facts.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import type { Incident } from '../../pipelines/core/schema/incident.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { ModelArtifact } from '../../pipelines/core/schema/model-artifact.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { emptyModelState, type ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { readReference } from '../../pipelines/stages/read-reference.ts';
import { recentArtifacts } from '../../pipelines/stages/recent-artifacts.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';

const MODEL = 'flight-delay';
const WEEKS = { first: 7, last: 26 };
const IS_HERE = hasFlights();
if (!IS_HERE) console.warn('SKIPPED: vega-datasets is not installed, so the drift of scores on real flights was not checked');

function hasFlights(): boolean {
  try {
    return existsSync(flightsFile());
  } catch {
    return false;
  }
}

/** Half a year of a tenth of all flights: version 1 made from weeks 1 to 6, and weeks 7 to 26 scored by it. */
async function flownWorld() {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const dataRoot = join(root, 'data');
  await mkdir(join(root, 'models', MODEL), { recursive: true });
  await cp(resolve(import.meta.dirname, '../../models', MODEL, 'model.yml'), join(root, 'models', MODEL, 'model.yml'));
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot, share: 0.1 });
  const runtime = await openTrainingRuntime(await openModelRepository(root).definition(MODEL));
  await bootstrapFirstVersion({ root, model: MODEL, dataRoot, simulator, runtime, note() {} });
  const folder = join(root, 'models', MODEL, 'versions', 'v1');
  const artifact = ModelArtifact.parse(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')));
  const predictor = await runtime.load({ artifact, weights: new Uint8Array(await readFile(join(folder, 'weights.bin'))) });
  for (let week = WEEKS.first; week <= WEEKS.last; week += 1) await simulator.writeWeek(week, { version: 'v1', predictor });
  const ends = simulator.weeks.slice(WEEKS.first - 1, WEEKS.last).map(({ window }) => window.end);
  simulator.close();
  predictor.dispose();
  return { root, dataRoot, ends };
}

/** Watches week by week with one fixed model, as `definition` says; the policy opens and closes incidents. */
async function watchWeekly(world: Awaited<ReturnType<typeof flownWorld>>, change: (definition: ModelDefinition) => ModelDefinition) {
  const repository = openModelRepository(world.root);
  const definition = change(await repository.definition(MODEL));
  const version = await readReference(repository, MODEL, 'v1');
  const deployment = { schemaVersion: 1 as const, model: MODEL, production: 'v1', fallback: null };
  const artifacts = recentArtifacts();
  const log = await openDuckDbLog({ definition, dataRoot: world.dataRoot });
  const signals: Signal[] = [];
  let state: ModelState = { ...emptyModelState(MODEL), champion: 'v1' };
  for (const asOf of world.ends) {
    const around = { definition, deployment, ...version, state };
    const { report, summaries } = await watchModel({ ...around, log, labels: log, artifacts, asOf });
    const labelledUntil = addSeconds(report.watermark, -86_400);
    const historyStart = version.reference.range.start;
    const decisions = decide({ ...around, report, nextVersion: 'v2', historyStart, labelledUntil, observed: NOTHING_OBSERVED });
    state = reduceState(state, { report, summaries, decisions, asOf });
    signals.push(...report.windows.flatMap((window) => window.signals));
  }
  log.close();
  return { signals, incidents: state.incidents };
}

/** Without the classifiers over all columns, which this test does not look at and which take most of its time. */
function scoresAlone(definition: ModelDefinition): ModelDefinition {
  const { monitoring } = definition;
  return { ...definition, monitoring: { ...monitoring, multivariate: { ...monitoring.multivariate, enabled: false } } };
}

const scores = (signals: readonly Signal[], status: Signal['status']) =>
  signals.filter((signal) => signal.kind === 'prediction-drift' && signal.status === status).length;
const badScoreWindows = (incidents: readonly Incident[]) =>
  incidents.filter(({ kind }) => kind === 'prediction-drift').reduce((sum, { badWindows }) => sum + badWindows, 0);

test.skipIf(!IS_HERE)('twenty weeks of real flights and one model: its weekly scores do not drift, and no incident says so', async () => {
  const world = await flownWorld();

  const pooled = await watchWeekly(world, scoresAlone);
  const daily = await watchWeekly(world, (definition) => ({
    ...scoresAlone(definition),
    columns: definition.columns.map((column) => ({ ...column, calendar: false })),
  }));

  expect(pooled.incidents.filter(({ kind }) => kind === 'prediction-drift').length).toBeLessThanOrEqual(1);
  expect(scores(pooled.signals, 'alert')).toBeLessThanOrEqual(3);
  expect(scores(pooled.signals, 'insufficient-data')).toBe(6);
  expect(scores(pooled.signals, 'ok')).toBeGreaterThan(125);
  // Not pooled: every Friday, Saturday and Sunday stands out against the mix of all days. The evidence knows from the reference how days differ, so none alarms.
  expect(scores(daily.signals, 'warning')).toBeGreaterThan(50);
  expect(scores(daily.signals, 'alert')).toBe(0);
  expect(badScoreWindows(daily.incidents)).toBe(0);
});
