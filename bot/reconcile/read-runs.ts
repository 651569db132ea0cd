import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import type { CodeHost, HostRun } from '../effects/code-host.ts';
import type { ReadVerdict, RetrainingFacts, TrainedVersion } from '../effects/host-facts.ts';
import { hasJudged } from '../effects/retraining-progress.ts';
import type { RetrainingQuestion } from './read-retraining.ts';
import { ARTIFACT_BYTES, readEvaluation, readVerdict } from './read-verdict.ts';

export const GATE_WORKFLOW = 'gate.yml';
export const RETRAIN_WORKFLOW = 'retrain.yml';
export const GATE_ARTIFACT = 'gate-verdict';
export const EVALUATION_ARTIFACT = 'gate-evaluation';

/** Conclusions of runs whose jobs never began: they say nothing about anything. */
const NEVER_BEGAN: ReadonlySet<string> = new Set(['action_required', 'skipped', 'neutral', 'stale']);

/**
 * The runs that were to train one version, found by the title that they carry, so that a run whose start was never written down is
 * found too. Ask only while no version was pushed: then every run that ended has failed.
 */
export async function readTrainings(
  question: RetrainingQuestion,
  host: CodeHost,
): Promise<Pick<RetrainingFacts, 'trainingRun' | 'trainingsFailed'>> {
  const title = `retrain ${question.model} ${question.version}`;
  const listed = (await host.runs(RETRAIN_WORKFLOW)).filter((run) => run.title === title);
  const runs = await withDispatched(listed, question.dispatchedRun, host);
  const ended = runs.filter(({ status }) => status === 'completed');
  const live = runs.find(({ status }) => status !== 'completed');
  return { trainingRun: live ?? ended[0] ?? null, trainingsFailed: ended.length };
}

/**
 * The gate's runs at one tip, newest first: the newest that judged or that is still at it, and how many ended without a judgement.
 * A run that merely waits counts only when it was started here.
 */
export async function readGates(
  question: RetrainingQuestion,
  tip: { readonly sha: string; readonly trained: TrainedVersion },
  host: CodeHost,
): Promise<Pick<RetrainingFacts, 'gateRun' | 'gatesFailed' | 'verdict'>> {
  const listed = (await host.runs(GATE_WORKFLOW, tip.sha)).filter(({ status, id }) => status !== 'waiting' || id === question.gateRun);
  const runs = (await withDispatched(listed, question.gateRun, host)).filter(
    ({ headSha, conclusion }) => headSha === tip.sha && !NEVER_BEGAN.has(conclusion ?? ''),
  );
  const live = runs.find(({ status }) => status !== 'completed') ?? null;
  const failed: { run: HostRun; read: ReadVerdict }[] = [];
  for (const run of runs.filter(({ status }) => status === 'completed')) {
    const read = await judgedBy(run, tip.trained, host);
    const isNewest = live === null || run.id > live.id;
    if (hasJudged(run, read) && isNewest) return { gateRun: run, gatesFailed: failed.length, verdict: read };
    failed.push({ run, read });
  }
  const newest = failed[0] ?? null;
  if (live !== null) return { gateRun: live, gatesFailed: failed.length, verdict: null };
  return { gateRun: newest?.run ?? null, gatesFailed: failed.length, verdict: newest?.read ?? null };
}

async function withDispatched(listed: readonly HostRun[], dispatched: number | null, host: CodeHost): Promise<HostRun[]> {
  const isListed = dispatched === null || listed.some(({ id }) => id === dispatched);
  const missing = isListed ? null : await host.run(dispatched);
  return [...listed, ...(missing === null ? [] : [missing])].sort((a, b) => b.id - a.id);
}

async function judgedBy(run: HostRun, trained: TrainedVersion, host: CodeHost): Promise<ReadVerdict> {
  const [bytes, problem] = await readArtifact(run, GATE_ARTIFACT, host);
  if (problem !== null) return { verdict: null, problem, isUntrue: false };
  const read = readVerdict(bytes, trained);
  if (read.verdict === null) return read;
  const [report] = await readArtifact(run, EVALUATION_ARTIFACT, host);
  return { ...read, evaluation: readEvaluation(report, read.verdict) };
}

/** The one file of an artifact, and why it cannot be used: too large, cut off, or not one file. Asking the host again would give the same. */
async function readArtifact(run: HostRun, name: string, host: CodeHost): Promise<[Uint8Array | null, string | null]> {
  try {
    return [await host.artifact(run.id, { name, maxBytes: ARTIFACT_BYTES }), null];
  } catch (error) {
    if (error instanceof OutsideError && error.code === 'ARTIFACT_UNUSABLE') return [null, error.message];
    throw error;
  }
}
