import { describe, expect, it } from 'vitest';
import { renderVerificationComment } from '../../../bot/markdown/verification-comment/render-verification-comment.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import type { ShadowComparison } from '../../../pipelines/core/schema/shadow-comparison.ts';
import { aucOf } from '../../fakes/policy-world.ts';

type Verification = Extract<Decision, { kind: 'verify-promotion' }>;

function verificationOf(changes: Partial<Verification>): Verification {
  const because = [{ kind: 'policy' as const, ref: 'rollout', window: null, text: 'planted reason' }];
  const base = { id: '0'.repeat(16), model: 'loan', at: '2001-02-17T00:00:00Z', because, kind: 'verify-promotion' as const };
  return { ...base, version: 'v2', promised: aucOf(0.672), observed: aucOf(0.638), outcome: 'broken', ...changes };
}

function comparisonOf(improvement: number): ShadowComparison {
  const interval = { lower: improvement - 0.006, upper: improvement + 0.006, level: 0.95 };
  return { version: 'v1', estimate: aucOf(0.63), improvement, interval, replicates: 500, method: 'planted', why: null };
}

describe('renderVerificationComment', () => {
  it('shows the previous version and the paired improvement, and proposes no way back in harder weeks', () => {
    const text = renderVerificationComment(verificationOf({ comparison: comparisonOf(0.008) }), 'loan', 'v1');

    expect(text).toContain('| AUC | 0.672 (0.662 to 0.682, n 5,000) | 0.638 (0.628 to 0.648, n 5,000) | −0.034 |');
    expect(text).toContain('| AUC | 0.630 (0.620 to 0.640, n 5,000) | +0.008 (0.002 to 0.014) |');
    expect(text).toContain('<sub>planted reason</sub>');
    expect(text).toContain('Going back to v1 is not proposed; a person may still do it: `holdfast rollback loan v1`');
  });

  it('points to the rollback when the previous version is better on the same rows', () => {
    const text = renderVerificationComment(verificationOf({ comparison: comparisonOf(-0.02) }), 'loan', 'v1');

    expect(text).toContain('| −0.020 (−0.026 to −0.014) |');
    expect(text).toContain('The way back is proposed in a pull request of its own; by hand: `holdfast rollback loan v1`');
  });

  it('says why there is no figure, as plain text', () => {
    const unknown: ShadowComparison = { ...comparisonOf(0), improvement: null, interval: null, why: 'weights <b>gone</b>' };

    const text = renderVerificationComment(verificationOf({ comparison: unknown }), 'loan', 'v1');

    expect(text).toContain('v1 could not be compared on the same rows: weights');
    expect(text).not.toContain('<b>');
    expect(text).toContain('is not proposed');
  });

  it('says what the windows say however often one looks', () => {
    const change = { metric: 'rocAuc' as const, change: -0.034, windows: 7, referenceWindows: 14 };
    const interval = { lower: -0.06, upper: -0.008, level: 0.95 };

    const known = renderVerificationComment(verificationOf({ change: { ...change, interval } }), 'loan', 'v1');
    const unknown = renderVerificationComment(verificationOf({ change: { ...change, interval: null } }), 'loan', 'v1');

    expect(known).toContain(
      'By window, AUC has changed by −0.034 (7 windows against 14 in which it was promised); −0.060 to −0.008 at 95 %, however often one looks.',
    );
    expect(unknown).toContain('in which it was promised); so few windows leave any change possible.');
  });

  it('shows no second table without a comparison', () => {
    const text = renderVerificationComment(verificationOf({ outcome: 'kept' }), 'loan', 'v1');

    expect(text.match(/\| :--- \|/g)).toHaveLength(1);
    expect(text).toContain('Kept means: not disproved');
  });
});
