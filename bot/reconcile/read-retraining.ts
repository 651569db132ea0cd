import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import type { CodeHost, HostPull } from '../effects/code-host.ts';
import type { RetrainingFacts, TrainedVersion } from '../effects/host-facts.ts';
import { intentKey } from '../effects/intents.ts';
import { isOwn, type Signing } from '../effects/marker.ts';
import { retrainingKey } from '../effects/plan-retraining.ts';
import { readGates, readTrainings } from './read-runs.ts';
import { parseJson } from './read-verdict.ts';

/** One retraining whose whereabouts matter: the open one, or one whose refusal is not yet told. */
export interface RetrainingQuestion {
  readonly model: string;
  readonly version: string;
  readonly branch: string;
  readonly pullRequest: number | null;
  readonly dispatchedRun: number | null;
  readonly gateRun: number | null;
}

interface Sources {
  readonly host: CodeHost;
  readonly openRepository: (sha: string) => ModelRepository;
  readonly signing: Signing;
  readonly trustedAuthors: readonly string[];
}

/**
 * The retraining that the state speaks of; null when there is none. An end that is not yet told goes first, unless the next one has its
 * pull request already: both live on one branch, and the old pull request must be closed before a new one can be opened.
 */
export function retrainingQuestion(state: ModelState): RetrainingQuestion | null {
  const { model, retraining } = state;
  const untold = state.proposals.find(({ version }) => state.pending[intentKey.refusal(version)] !== undefined);
  if (retraining !== null && (untold === undefined || retraining.pullRequest !== null)) return { model, ...retraining };
  if (untold === undefined) return null;
  return {
    model,
    version: untold.version,
    branch: `retrain/${model}`,
    pullRequest: untold.pullRequest,
    dispatchedRun: null,
    gateRun: null,
  };
}

/** What has become of a retraining on the code host. Reads only; each answer is taken at the tip of its branch. */
export async function readRetraining(question: RetrainingQuestion, sources: Sources): Promise<RetrainingFacts> {
  const { host } = sources;
  const { version, branch } = question;
  const pull = await findPull(question, sources);
  const first = await readTip(question, pull, sources);
  const isAsked = first.trained === null && pull !== null;
  const training = isAsked ? await readTrainings(question, host) : { trainingRun: null, trainingsFailed: 0 };
  // A run that ended between the two looks has pushed its version after the first.
  const tip = training.trainingRun?.conclusion === 'success' ? await readTip(question, pull, sources) : first;
  const { headSha, trained } = tip;
  const gates =
    trained === null || headSha === null
      ? { gateRun: null, gatesFailed: 0, verdict: null }
      : await readGates(question, { sha: headSha, trained }, host);
  return { version, branch, pull, headSha, trained, ...training, ...gates };
}

interface Tip {
  readonly headSha: string | null;
  readonly trained: TrainedVersion | null;
}

async function readTip(question: RetrainingQuestion, pull: HostPull | null, { host, openRepository }: Sources): Promise<Tip> {
  const headSha = pull === null || pull.state === 'open' ? await host.branchHead(question.branch) : pull.headSha;
  const trained = headSha === null || pull === null ? null : await readTrained(question, openRepository(headSha));
  return { headSha, trained };
}

async function findPull(question: RetrainingQuestion, { host, signing, trustedAuthors }: Sources): Promise<HostPull | null> {
  if (question.pullRequest !== null) return host.pull(question.pullRequest);
  const key = retrainingKey(question.model, question.version);
  const pulls = await host.pullsOf(question.branch);
  return pulls.find((pull) => isOwn(pull, { key, trustedAuthors }, signing)) ?? null;
}

async function readTrained({ model, version }: RetrainingQuestion, repository: ModelRepository): Promise<TrainedVersion | null> {
  const bytes = await repository.versionFile(model, version, 'version.json');
  const parsed = bytes === null ? null : ModelVersion.safeParse(parseJson(bytes));
  return parsed?.success === true ? { version: parsed.data } : null;
}
