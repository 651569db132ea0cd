import { describe, expect, it } from 'vitest';
import { checkOpened, checkPromoted, checkRefused, crashEverywhere, harmed, merged, refused } from '../../fakes/crash-trials.ts';

describe('a run that dies before or after one call in six', () => {
  it('leaves one issue, one branch, one pull request, one training run', async () => {
    expect(await crashEverywhere({ open: harmed, observe: 'logs', stride: 6 }, checkOpened)).toBeGreaterThan(4);
  });

  it('tags and tells a promotion once', async () => {
    expect(await crashEverywhere({ open: merged, observe: 'nothing', stride: 6 }, checkPromoted)).toBeGreaterThan(4);
  });

  it('refuses a challenger once', async () => {
    expect(await crashEverywhere({ open: refused, observe: 'nothing', stride: 6 }, checkRefused)).toBeGreaterThan(4);
  });
});
