import { describe, expect, it } from 'vitest';
import { gateSection } from '../../../bot/markdown/gate-report/gate-section.ts';
import { digestText } from '../../../pipelines/core/digest/sha256.ts';
import type { GateCheck, GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';

const DIGEST = digestText('anything');

function check(name: string, metric: string, passed = true): GateCheck {
  return { name, metric, operator: '>=', expected: 1, actual: passed ? 2 : 0, interval: null, passed, why: `${name} was looked at.` };
}

function verdictOf(checks: readonly GateCheck[]): GateVerdict {
  return {
    schemaVersion: 1,
    model: 'loan',
    version: 'v2',
    judgedAt: '2001-02-01T00:00:00Z',
    verdict: checks.every(({ passed }) => passed) ? 'pass' : 'fail',
    summary: 'As the checks say.',
    checks: [...checks],
    evidence: { challenger: DIGEST, champion: null, data: DIGEST, rules: DIGEST, code: DIGEST },
    evidenceDigest: DIGEST,
  };
}

describe('the gate in a pull request', () => {
  it('folds away what only binds the verdict, and shows what weighs the challenger', () => {
    const text = gateSection(
      verdictOf([check('the bytes agree', 'paths'), check('the spec is recent', 'asOf'), check('AUC gained', 'rocAuc')]),
    );

    const [shown = '', folded = ''] = text.split('<details>');
    expect(shown).toContain('AUC gained');
    expect(shown).not.toContain('the bytes agree');
    expect(folded).toContain('2 more checks passed');
    expect(folded).toMatch(/the bytes agree[\s\S]*the spec is recent[\s\S]*<\/details>/);
  });

  it('hides no check that failed, and puts it first', () => {
    const text = gateSection(verdictOf([check('AUC gained', 'rocAuc'), check('the bytes agree', 'paths', false)]));

    expect(text).not.toContain('<details>');
    expect(text.indexOf('the bytes agree')).toBeLessThan(text.indexOf('AUC gained'));
    expect(text).toContain('Gate: failed, 1 of 2 checks');
  });
});
