import type { Deployment } from '../../pipelines/core/schema/deployment.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { servingLoader } from '../../pipelines/stages/check-serving.ts';
import { shadowLoader } from '../../pipelines/stages/load-shadow.ts';
import { requireScore } from '../../pipelines/stages/require-score.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import type { WatchResult } from '../../pipelines/stages/watch-input.ts';
import type { HostRepository } from '../effects/code-host.ts';
import type { ChampionFiles } from './champion-files.ts';
import { readObservation } from './observation.ts';
import { ARTIFACT_BYTES } from './read-verdict.ts';
import type { ReconcileInput } from './reconcile-input.ts';

export const WATCH_WORKFLOW = 'watch.yml';
export const REPORT_ARTIFACT = 'monitoring-report';

export interface Watched {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  readonly champion: ChampionFiles;
  readonly state: ModelState;
  readonly repository: HostRepository;
}

/**
 * What the log says since the watermark; null when nobody looked. By the definition's `logs.reach`, the App looks itself, or asks
 * watch.yml (whose job holds the data credentials) and takes its report when it is finished. A report that was handed in goes first.
 */
export async function observeModel(watched: Watched, input: ReconcileInput): Promise<WatchResult | null> {
  const { shell } = input;
  if (shell.report !== null) return readObservation(shell.report, watched.state, watched.deployment);
  if (watched.definition.logs.reach === 'actions') return observeByWorkflow(watched, input);
  return shell.observe === 'logs' ? observeLogs(watched, input) : null;
}

async function observeLogs({ definition, deployment, champion, state, repository }: Watched, input: ReconcileInput): Promise<WatchResult> {
  requireScore(definition);
  const logs = await input.openLogs(definition);
  try {
    const { reference, championVersion } = champion;
    const { artifacts, clock, loadPredictor, trials } = input;
    return await watchModel({
      definition,
      deployment,
      reference,
      championVersion,
      state,
      log: logs,
      labels: logs,
      artifacts,
      asOf: clock.asOf(),
      shadow: shadowLoader(input.openRepository(repository.head), definition.name, loadPredictor),
      ...(trials === undefined ? {} : { trials: trials(input.openRepository(repository.head)) }),
      serving: servingLoader(input.openRepository(repository.head), definition.name, loadPredictor),
    });
  } finally {
    logs.close();
  }
}

async function observeByWorkflow(
  { state, deployment, repository }: Watched,
  { host, clock, shell }: ReconcileInput,
): Promise<WatchResult | null> {
  const title = `watch ${state.model} ${requestOf(state)}`;
  const runs = (await host.runs(WATCH_WORKFLOW)).filter((run) => run.title === title);
  const finished = runs.find((run) => run.conclusion === 'success');
  const bytes = finished === undefined ? null : await host.artifact(finished.id, { name: REPORT_ARTIFACT, maxBytes: ARTIFACT_BYTES });
  const seen = bytes === null ? null : readObservation(bytes, state, deployment);
  const isRunning = runs.some((run) => run.status === 'running');
  if (shell.observe === 'logs' && !isRunning && (seen === null || seen.report.asOf < clock.asOf())) {
    const inputs = { model: state.model, as_of: clock.asOf(), request: requestOf(state) };
    await host.dispatch({ workflow: WATCH_WORKFLOW, ref: repository.defaultBranch, inputs });
  }
  return seen;
}

/** Names what is asked for: everything after the watermark. Two shells that ask for the same find each other's run. */
function requestOf({ watermark }: ModelState): string {
  return `from-${(watermark ?? 'start').replaceAll(/[-:]/g, '').toLowerCase()}`;
}
