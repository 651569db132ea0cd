import { describe, expect, test } from 'vitest';
import { leastGain, worthwhileGain } from '../../../pipelines/core/decisions/least-gain.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

/** A tolerated drop of .04 and a cooldown of 14 days. */
const DEFINITION = loanDefinition({ monitoring: { performance: { metric: 'rocAuc', toleratedDrop: 0.04 } } });
const PROMOTED = '2001-01-01T00:00:00Z';

function asked(days: number, outcome: ModelState['proposals'][number]['outcome'] = 'promoted') {
  const proposals = [{ at: PROMOTED, version: 'v2', outcome, pullRequest: null, evidence: null }];
  return leastGain(DEFINITION, { proposals }, addSeconds(PROMOTED, days * 86_400));
}

describe('leastGain', () => {
  test.each([
    [1, 0.04],
    [14, 0.04],
    [28, 0.02],
    [42, 0.04 / 3],
    [56, 0.01],
    [700, 0.01],
  ])('%d days after a promotion it is %d', (days, gain) => {
    expect(asked(days)).toBeCloseTo(gain, 12);
  });

  test.each(['refused', 'abandoned', 'open'] as const)('a proposal that is %s has changed nothing', (outcome) => {
    expect(asked(14, outcome)).toBe(worthwhileGain(DEFINITION));
  });

  test('before the first promotion, and without a cooldown, what is worthwhile suffices', () => {
    const free = loanDefinition({ retraining: { cooldown: 'P0D' } });

    expect(leastGain(DEFINITION, { proposals: [] }, PROMOTED)).toBe(worthwhileGain(DEFINITION));
    expect(
      leastGain(free, { proposals: [{ at: PROMOTED, version: 'v2', outcome: 'promoted', pullRequest: null, evidence: null }] }, PROMOTED),
    ).toBe(worthwhileGain(free));
  });
});
