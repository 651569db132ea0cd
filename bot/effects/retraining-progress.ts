import type { RetrainingFacts } from './host-facts.ts';

/** How far a retraining is, and what must be done next. */
export type RetrainingProgress =
  | { readonly at: 'to-open' }
  | { readonly at: 'training' }
  | { readonly at: 'to-judge' }
  | { readonly at: 'judging' }
  | { readonly at: 'passed' }
  | { readonly at: 'needs-human' }
  | { readonly at: 'refused'; readonly problem: string | null }
  | { readonly at: 'merged' }
  | { readonly at: 'closed' };

/** Reads the progress off the facts alone: the same facts, the same answer, whoever asks and however often. */
export function retrainingProgress(facts: RetrainingFacts): RetrainingProgress {
  const { pull, trainingRun, trained, gateRun, verdict } = facts;
  if (pull?.merged === true) return { at: 'merged' };
  if (pull?.state === 'closed') return { at: 'closed' };
  if (pull === null) return { at: 'to-open' };
  if (trained === null) return untrained(trainingRun);
  if (gateRun === null) return { at: 'to-judge' };
  if (gateRun.status !== 'completed') return { at: 'judging' };
  if (gateRun.conclusion === 'cancelled') return { at: 'to-judge' };
  if (verdict === null || verdict.verdict === null)
    return { at: 'refused', problem: verdict?.problem ?? 'the gate ended without a verdict' };
  const { verdict: judged } = verdict.verdict;
  if (judged === 'fail') return { at: 'refused', problem: null };
  if (judged === 'needs-human') return { at: 'needs-human' };
  return gateRun.conclusion === 'success'
    ? { at: 'passed' }
    : { at: 'refused', problem: `the verdict is a pass, but the gate ended with ${gateRun.conclusion ?? 'nothing'}` };
}

function untrained(run: RetrainingFacts['trainingRun']): RetrainingProgress {
  if (run === null) return { at: 'to-open' };
  if (run.status !== 'completed') return { at: 'training' };
  const problem =
    run.conclusion === 'success' ? 'the training run pushed no version' : `the training run ended with ${run.conclusion ?? 'nothing'}`;
  return { at: 'refused', problem };
}
