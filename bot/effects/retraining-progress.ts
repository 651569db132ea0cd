import type { HostRun } from './code-host.ts';
import type { ReadVerdict, RetrainingFacts } from './host-facts.ts';

/** Runs of one kind that are started for one retraining: the first and two more, where the ones before gave no result. */
export const ATTEMPTS = 3;

/** How far a retraining is, and what must be done next. */
export type RetrainingProgress =
  | { readonly at: 'to-open' }
  | { readonly at: 'training' }
  | { readonly at: 'to-train-again' }
  | { readonly at: 'to-judge' }
  | { readonly at: 'judging' }
  | { readonly at: 'passed' }
  | { readonly at: 'needs-human' }
  | { readonly at: 'refused'; readonly problem: string | null }
  /** No run came to a judgement, however often it was started. `run`: address of the newest. */
  | { readonly at: 'abandoned'; readonly problem: string; readonly run: string }
  | { readonly at: 'merged' }
  | { readonly at: 'closed' };

/** Reads the progress off the facts alone: the same facts, the same answer, whoever asks and however often. */
export function retrainingProgress(facts: RetrainingFacts): RetrainingProgress {
  const { pull } = facts;
  if (pull?.merged === true) return { at: 'merged' };
  if (pull?.state === 'closed') return { at: 'closed' };
  return pull === null ? { at: 'to-open' } : workProgress(facts);
}

/** What the runs came to, whatever became of the pull request. */
export function workProgress(facts: RetrainingFacts): RetrainingProgress {
  const { trained, gateRun, verdict } = facts;
  if (trained === null) return untrained(facts);
  if (gateRun === null) return { at: 'to-judge' };
  if (gateRun.status !== 'completed') return { at: 'judging' };
  if (verdict === null || !hasJudged(gateRun, verdict)) return unjudged(gateRun, facts);
  if (verdict.verdict === null) return { at: 'refused', problem: verdict.problem };
  const { verdict: judged } = verdict.verdict;
  if (judged === 'fail') return { at: 'refused', problem: null };
  return { at: judged === 'pass' ? 'passed' : 'needs-human' };
}

/**
 * Whether a finished run of the gate judged the challenger. A missing verdict, one that cannot be read, or a pass whose run did not
 * succeed (the check is not green) is none; a verdict about something else is no accident, and counts against the challenger.
 */
export function hasJudged(run: HostRun, read: ReadVerdict): boolean {
  if (read.verdict === null) return read.isUntrue;
  return read.verdict.verdict !== 'pass' || run.conclusion === 'success';
}

function unjudged(run: HostRun, { gatesFailed, verdict }: RetrainingFacts): RetrainingProgress {
  if (gatesFailed < ATTEMPTS) return { at: 'to-judge' };
  const last = verdict?.verdict?.verdict === 'pass' ? 'its verdict is a pass, but its check is not green' : (verdict?.problem ?? '');
  const problem = `the gate ended ${gatesFailed} times without a judgement; the last run ended with ${run.conclusion ?? 'nothing'}: ${last}`;
  return { at: 'abandoned', problem, run: run.url };
}

function untrained({ trainingRun: run, trainingsFailed }: RetrainingFacts): RetrainingProgress {
  if (run === null) return { at: 'to-open' };
  if (run.status !== 'completed') return { at: 'training' };
  if (trainingsFailed < ATTEMPTS) return { at: 'to-train-again' };
  const last = run.conclusion === 'success' ? 'success, but pushed no version' : (run.conclusion ?? 'nothing');
  const problem = `the training ended ${trainingsFailed} times without a version; the last run ended with ${last}`;
  return { at: 'abandoned', problem, run: run.url };
}
