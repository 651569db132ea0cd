import type { GateVerdict } from '../schema/gate-verdict.ts';

/** Why a retraining that was asked for did not end in a promotion; the verdict is null when the gate left none. */
export function phraseRefusal(verdict: GateVerdict | null): string {
  if (verdict === null) return 'its pull request was closed without a verdict of the gate.';
  if (verdict.verdict === 'fail') return verdict.summary;
  return verdict.verdict === 'pass'
    ? 'the gate passed, but its pull request was closed by a person.'
    : `the gate could not decide, and its pull request was closed: ${verdict.summary}`;
}
