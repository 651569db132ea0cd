import { describe, expect, it } from 'vitest';
import { checkOpened, checkPromoted, checkRefused, crashEverywhere, harmed, merged, refused } from '../../fakes/crash-trials.ts';

describe('a run that dies before or after any call', () => {
  it('leaves one issue, one branch, one pull request, one training run', async () => {
    expect(await crashEverywhere({ open: harmed, observe: 'logs', stride: 1 }, checkOpened)).toBeGreaterThan(25);
  });

  it('tags and tells a promotion once', async () => {
    expect(await crashEverywhere({ open: merged, observe: 'nothing', stride: 1 }, checkPromoted)).toBeGreaterThan(25);
  });

  it('refuses a challenger once', async () => {
    expect(await crashEverywhere({ open: refused, observe: 'nothing', stride: 1 }, checkRefused)).toBeGreaterThan(25);
  });
});
