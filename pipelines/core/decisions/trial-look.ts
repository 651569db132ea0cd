import type { GatePolicy } from '../schema/gate-policy.ts';
import type { ModelState } from '../schema/model-state.ts';

/** The how-manieth trial of a champion the next one is. A new champion begins at 1. */
export function nextLook({ trial }: Pick<ModelState, 'trial'>, champion: string): number {
  return trial === null || trial.champion !== champion ? 1 : (trial.look ?? 1) + 1;
}

/**
 * How sure the intervals of a champion's n-th trial are: 1 − (1 − gate.confidence) / n.
 *
 * Who looks often enough finds a gain where there is none, and the gate judges the rows that the trial has chosen by, so it does not correct that. With this, n trials
 * of what a rule should refuse get past it at most (1 + ln n) · (1 − confidence) times in expectation instead of n · (1 − confidence): a union bound, which holds however far
 * their rows overlap. The first trial is as sure as the gate, so that what is plainly better is not delayed. A rule that lets equal models pass ("not worse by more than") still lets
 * them pass: tests/calibration/repeated-trials.slow.test.ts prints how often.
 */
export function trialConfidence({ confidence }: Pick<GatePolicy, 'confidence'>, look: number): number {
  return 1 - (1 - confidence) / look;
}
