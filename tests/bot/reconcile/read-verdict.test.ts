import { describe, expect, it } from 'vitest';
import { readEvaluation } from '../../../bot/reconcile/read-verdict.ts';
import { digestText } from '../../../pipelines/core/digest/sha256.ts';
import { evaluationOf, verdictOf } from '../../fakes/loop-world.ts';
import { versionOf } from '../../fakes/policy-world.ts';

const VERSION = { ...versionOf('v2'), artifactDigest: digestText('weights of v2') };
const VERDICT = verdictOf(VERSION, 'pass');
const REPORT = evaluationOf('v2', { start: '2001-01-22T00:00:00Z', end: '2001-01-29T00:00:00Z' });
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('the evaluation that the gate left', () => {
  it('is read when it measured what was judged', () => {
    expect(readEvaluation(bytesOf(REPORT), VERDICT)).toEqual(REPORT);
  });

  it.each<[string, unknown]>([
    ['of another version', { ...REPORT, version: 'v3' }],
    ['on other rows', { ...REPORT, heldOut: { ...REPORT.heldOut, digest: digestText('other rows') } }],
    [
      'of other bytes',
      { ...REPORT, challengers: REPORT.challengers.map((one) => ({ ...one, artifactDigest: digestText('other bytes') })) },
    ],
    ['against no champion', { ...REPORT, champion: null }],
    ['of another form', { ...REPORT, more: 1 }],
  ])('is not believed %s', (_, report) => {
    expect(readEvaluation(bytesOf(report), VERDICT)).toBeNull();
  });

  it('may be missing', () => {
    expect(readEvaluation(null, VERDICT)).toBeNull();
  });
});
