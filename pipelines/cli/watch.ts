import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import { phraseThinWindows } from '../core/signals/phrase-thin-windows.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { LoadServing } from '../stages/check-serving.ts';
import type { LoadShadow } from '../stages/load-shadow.ts';
import type { TryRemedies } from '../stages/open-trials.ts';
import { requireScore } from '../stages/require-score.ts';
import type { WatchResult } from '../stages/watch-input.ts';
import { askedModels } from './asked-models.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot } from './folder-options.ts';
import { phraseWatch } from './phrase-watch.ts';
import { readPlaces } from './places.ts';

/** `holdfast watch [model]`: measures the windows completed since the watermark of the state directory. Writes no state: whoever decides does. */
export const watchCommand: Command = {
  name: 'watch',
  summary: 'Measure the windows completed since the last run, for one model or all that are deployed',
  usage: '[model ...]',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    'state-dir': { type: 'string', value: '<folder>', description: 'checkout of the state branch (default: .holdfast/state)' },
    artifacts: { type: 'string', value: '<folder>', description: 'where fine profiles go (default: .holdfast/artifacts)' },
    'as-of': {
      type: 'string',
      value: '<instant>',
      description: 'look from this moment: later rows and labels are not seen (default: now)',
    },
    out: { type: 'string', value: '<file>', description: 'write report and window summaries as JSON' },
    json: { type: 'boolean', description: 'print them as JSON' },
  },
  async run(context) {
    const [{ openModelRepository }, { canonicalJson }, { writeFile }] = await Promise.all([
      import('../adapters/files/open-model-repository.ts'),
      import('../core/digest/canonical-json.ts'),
      import('node:fs/promises'),
    ]);
    const places = readPlaces(context);
    const repository = openModelRepository(places.root);
    const names = askedModels(context.positionals, await repository.models());
    const models: WatchResult[] = [];
    for (const model of names) {
      const deployment = await repository.deployment(model);
      if (deployment === null) context.note(`${model}: not deployed, nothing to watch`);
      else models.push(await watchOne(context, repository, deployment));
    }
    const out = context.options['out'];
    if (typeof out === 'string') await writeFile(places.file(out), canonicalJson({ models }));
    if (context.options['json'] === true) context.print(canonicalJson({ models }).trimEnd());
    else for (const line of models.flatMap(phraseWatch)) context.print(line);
    return 0;
  },
};

async function watchOne(context: CommandContext, repository: ModelRepository, deployment: Deployment): Promise<WatchResult> {
  const [{ openArtifactStore }, { readStateDirectory }, { emptyModelState }, { openDuckDbLog }, { readReference }, { watchModel }] =
    await Promise.all([
      import('../adapters/files/open-artifact-store.ts'),
      import('../adapters/files/read-state-directory.ts'),
      import('../core/schema/model-state.ts'),
      import('../adapters/duckdb/open-duckdb-log.ts'),
      import('../stages/read-reference.ts'),
      import('../stages/watch.ts'),
    ]);
  const { model, production } = deployment;
  const places = readPlaces(context);
  const definition = await repository.definition(model);
  requireScore(definition);
  const artifacts = openArtifactStore(places.artifacts);
  const shadow = lazyShadow(repository, model);
  const serving = lazyServing(repository, model);
  const trials = lazyTrials(repository, context.note);
  // The engine starts on threads of its own while the files are read.
  const opening = openDuckDbLog({ definition, dataRoot: dataRoot(context) });
  try {
    const [log, version, known] = await Promise.all([
      opening,
      readReference(repository, model, production),
      readStateDirectory(places.stateDirectory, model),
    ]);
    const state = known ?? emptyModelState(model);
    const result = await watchModel({
      definition,
      deployment,
      ...version,
      state,
      log,
      labels: log,
      artifacts,
      asOf: places.asOf,
      shadow,
      serving,
      trials,
    });
    for (const line of thinWindows(definition, version.reference, result)) context.note(`${model}: ${line}`);
    return result;
  } finally {
    await opening.then(
      (log) => log.close(),
      () => undefined,
    );
  }
}

/** By the windows of the reference and of this run: none where the reference was counted in windows of another length. */
function thinWindows(definition: ModelDefinition, reference: ReferenceProfile, { report }: WatchResult): string[] {
  if (reference.windowSeconds !== durationSeconds(definition.monitoring.window)) return [];
  const rows = [...reference.rowsByWindow.map(([, count]) => count), ...report.windows.map((window) => window.rows)];
  return phraseThinWindows(definition, Math.max(...rows));
}

function lazyTrials(repository: ModelRepository, note: (line: string) => void): TryRemedies {
  return async (task) => {
    const [{ openTrials }, { openTrainingRuntime }] = await Promise.all([
      import('../stages/open-trials.ts'),
      import('./open-training-runtime.ts'),
    ]);
    return openTrials({ repository, openRuntime: openTrainingRuntime, stopwatch: () => performance.now(), note })(task);
  };
}

function lazyServing(repository: ModelRepository, model: string): LoadServing {
  return async (version) => {
    const [{ servingLoader }, { loadPredictor }] = await Promise.all([
      import('../stages/check-serving.ts'),
      import('../adapters/tfjs/load-predictor.ts'),
    ]);
    return servingLoader(repository, model, loadPredictor)(version);
  };
}

// Few runs verify a promotion: the others need not load what scores.
function lazyShadow(repository: ModelRepository, model: string): LoadShadow {
  return async (version) => {
    const [{ shadowLoader }, { loadPredictor }] = await Promise.all([
      import('../stages/load-shadow.ts'),
      import('../adapters/tfjs/load-predictor.ts'),
    ]);
    return shadowLoader(repository, model, loadPredictor)(version);
  };
}
