import { describe, expect, it } from 'vitest';
import type { RetrainingFacts } from '../../../bot/effects/host-facts.ts';
import { settledFiles } from '../../../bot/reconcile/settled-files.ts';
import { digestText } from '../../../pipelines/core/digest/sha256.ts';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { evaluationOf, verdictOf } from '../../fakes/loop-world.ts';
import { versionOf } from '../../fakes/policy-world.ts';

const RANGE = { start: '2001-01-22T00:00:00Z', end: '2001-01-29T00:00:00Z' };
const VERSION = { ...versionOf('v2'), artifactDigest: digestText('weights of v2') };

function retraining(evaluation: EvaluationReport | null): RetrainingFacts {
  return {
    version: 'v2',
    branch: 'retrain/loan',
    pull: null,
    headSha: null,
    trainingRun: null,
    trainingsFailed: 0,
    trained: { version: VERSION },
    gateRun: null,
    gatesFailed: 0,
    verdict: { verdict: verdictOf(VERSION, 'fail'), evaluation, problem: null },
  };
}

describe('what the state branch keeps of a judged retraining', () => {
  it('keeps the report of a closed one under the digest of the evidence, readable by its schema', () => {
    const report = evaluationOf('v2', RANGE);

    const { verdicts, evaluations } = settledFiles(retraining(report), 'closed');

    const [name = ''] = Object.keys(evaluations);
    expect(Object.keys(verdicts)).toEqual([name]);
    expect(`sha256:${name}`).toBe(verdictOf(VERSION, 'fail').evidenceDigest);
    expect(EvaluationReport.parse(JSON.parse(evaluations[name] ?? ''))).toEqual(report);
  });

  it('keeps no report when the gate left none that is about what it judged', () => {
    const { verdicts, evaluations } = settledFiles(retraining(null), 'closed');

    expect(Object.keys(verdicts)).toHaveLength(1);
    expect(evaluations).toEqual({});
  });

  it('keeps no report that is too large for a table of metrics', () => {
    const report = { ...evaluationOf('v2', RANGE), selectedBecause: 'x'.repeat(200_001) };

    expect(settledFiles(retraining(report), 'closed').evaluations).toEqual({});
  });

  it('keeps the verdict alone of a promoted one, and nothing while it goes on', () => {
    const facts = retraining(evaluationOf('v2', RANGE));

    expect(settledFiles(facts, 'promoted').evaluations).toEqual({});
    expect(Object.keys(settledFiles(facts, 'promoted').verdicts)).toHaveLength(1);
    expect(settledFiles(facts, null)).toEqual({ verdicts: {}, evaluations: {} });
    expect(settledFiles(null, 'closed')).toEqual({ verdicts: {}, evaluations: {} });
  });
});
