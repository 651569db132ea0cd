import { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import type { CodeHost, HostPull, HostRun } from '../effects/code-host.ts';
import type { ReadVerdict, RetrainingFacts, TrainedVersion } from '../effects/host-facts.ts';
import { isOwn, type Signing } from '../effects/marker.ts';
import { retrainingKey } from '../effects/plan-retraining.ts';
import { ARTIFACT_BYTES, parseJson, readVerdict } from './read-verdict.ts';

export const GATE_WORKFLOW = 'gate.yml';
export const RETRAIN_WORKFLOW = 'retrain.yml';
export const GATE_ARTIFACT = 'gate-verdict';

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

/** The retraining that the state speaks of; null when there is none. */
export function retrainingQuestion(state: ModelState): RetrainingQuestion | null {
  const { model, retraining } = state;
  if (retraining !== null) return { model, ...retraining };
  const untold = state.proposals.find(({ version }) => state.pending[`refusal/${version}`] !== undefined);
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
  const pull = await findPull(question, sources);
  const headSha = pull === null || pull.state === 'open' ? await host.branchHead(question.branch) : pull.headSha;
  const trained = headSha === null || pull === null ? null : await readTrained(question, sources.openRepository(headSha));
  const trainingRun = trained === null && pull !== null ? await findTrainingRun(question, host) : null;
  const gateRun = trained === null || headSha === null ? null : await findGateRun(question, headSha, host);
  const verdict = trained === null || gateRun === null ? null : await judgedBy(gateRun, trained, host);
  return { version: question.version, branch: question.branch, pull, headSha, trainingRun, trained, gateRun, verdict };
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
  if (parsed === null || !parsed.success) return null;
  const report = await repository.versionFile(model, version, 'evaluation-report.json');
  const evaluation = report === null ? null : EvaluationReport.safeParse(parseJson(report));
  return { version: parsed.data, evaluation: evaluation?.success === true ? evaluation.data : null };
}

async function findTrainingRun(question: RetrainingQuestion, host: CodeHost): Promise<HostRun | null> {
  if (question.dispatchedRun !== null) return host.run(question.dispatchedRun);
  const title = `retrain ${question.model} ${question.version}`;
  return (await host.runs(RETRAIN_WORKFLOW)).find((run) => run.title === title) ?? null;
}

/** The dispatched run while it is about this tip; else the newest run at the tip that a person or the host started and that came to an end. */
async function findGateRun({ gateRun }: RetrainingQuestion, headSha: string, host: CodeHost): Promise<HostRun | null> {
  const dispatched = gateRun === null ? null : await host.run(gateRun);
  if (dispatched !== null && dispatched.headSha === headSha && dispatched.conclusion !== 'cancelled') return dispatched;
  const runs = (await host.runs(GATE_WORKFLOW, headSha)).filter((run) => run.headSha === headSha && run.status !== 'waiting');
  return runs.find((run) => run.conclusion === 'success' || run.conclusion === 'failure' || run.status === 'running') ?? null;
}

async function judgedBy(run: HostRun, trained: TrainedVersion, host: CodeHost): Promise<ReadVerdict | null> {
  if (run.status !== 'completed') return null;
  return readVerdict(await host.artifact(run.id, { name: GATE_ARTIFACT, maxBytes: ARTIFACT_BYTES }), trained);
}
