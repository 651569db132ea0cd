import { describe, expect, it } from 'vitest';
import {
  checkAbandoned,
  checkOpened,
  checkPromoted,
  checkRefused,
  checkRetried,
  crashEverywhere,
  gateFailed,
  harmed,
  merged,
  refused,
  trainingFailed,
} from '../../fakes/crash-trials.ts';

describe('a run that dies before or after one call in six or twelve (any call: the slow tests)', () => {
  it('leaves one issue, one branch, one pull request, one training run', async () => {
    expect(await crashEverywhere({ open: harmed, observe: 'logs', stride: 12 }, checkOpened)).toBeGreaterThan(2);
  });

  it('tags and tells a promotion once', async () => {
    expect(await crashEverywhere({ open: merged, observe: 'nothing', stride: 12 }, checkPromoted)).toBeGreaterThan(2);
  });

  it('refuses a challenger once', async () => {
    expect(await crashEverywhere({ open: refused, observe: 'nothing', stride: 12 }, checkRefused)).toBeGreaterThan(2);
  });

  it('trains again once after a run that failed', async () => {
    const check = checkRetried('retrain.yml', ({ retraining }) => retraining?.dispatchedRun);
    expect(await crashEverywhere({ open: () => trainingFailed(1), observe: 'nothing', stride: 6 }, check)).toBeGreaterThan(2);
  });

  it('judges again once after a gate that timed out', async () => {
    const check = checkRetried('gate.yml', ({ retraining }) => retraining?.gateRun);
    expect(await crashEverywhere({ open: () => gateFailed(1), observe: 'nothing', stride: 6 }, check)).toBeGreaterThan(2);
  });

  it('abandons once what failed three times', async () => {
    expect(await crashEverywhere({ open: () => trainingFailed(3), observe: 'nothing', stride: 6 }, checkAbandoned)).toBeGreaterThan(2);
  });
});
