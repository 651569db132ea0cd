import { describe, expect, test } from 'vitest';
import { judgeGate } from '../../../pipelines/core/evaluation/judge-gate.ts';
import { judgeRollback } from '../../../pipelines/core/evaluation/judge-rollback.ts';
import type { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { contenderOf, EVIDENCE, estimateOf, goodReport } from '../../fakes/gate-cases.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

type Gate = WrittenModelDefinition['gate'];
const AT = '2001-02-28T00:00:00Z';
const RULES: Gate['rules'] = [
  { kind: 'relative', metric: 'rocAuc', minimumImprovement: 0 },
  { kind: 'absolute', metric: 'rocAuc', operator: '>=', value: 0.6 },
];

function judge(report: EvaluationReport, gate: Partial<Gate> = {}): GateVerdict {
  return judgeGate({ report, definition: loanDefinition({ gate: { rules: RULES, ...gate } }), evidence: EVIDENCE, judgedAt: AT });
}

/** The good report with other figures of its challenger. */
function challengerWith(changes: Partial<EvaluationReport['challengers'][number]>): EvaluationReport {
  const report = goodReport();
  return { ...report, challengers: report.challengers.map((challenger) => ({ ...challenger, ...changes })) };
}

function gainWith(changes: Partial<EvaluationReport['comparisons'][number]>): EvaluationReport {
  const report = goodReport();
  return { ...report, comparisons: report.comparisons.map((comparison) => ({ ...comparison, ...changes })) };
}

const failures = ({ checks }: GateVerdict) => checks.filter(({ passed }) => !passed).map(({ name }) => name);

describe('the gate', () => {
  test('passes when every check passes, and is of the form of a verdict', () => {
    const verdict = judge(goodReport());

    expect(failures(verdict)).toEqual([]);
    expect(verdict.verdict).toBe('pass');
    expect(GateVerdict.parse(verdict)).toEqual(verdict);
  });

  test('shows in each check what was expected and found, and passes exactly what holds', () => {
    const { checks } = judge(goodReport());

    const holds = checks.map(({ actual, operator, expected }) =>
      actual === null ? false : operator === '>=' ? actual >= expected : operator === '<=' ? actual <= expected : actual === expected,
    );
    expect(checks.length).toBeGreaterThanOrEqual(12);
    expect(holds).toEqual(checks.map(({ passed }) => passed));
    expect(checks.every(({ why }) => why.length > 10)).toBe(true);
  });

  test.each<[string, EvaluationReport, Partial<Gate>, string]>([
    ['without rules', goodReport(), { rules: [] }, 'rules are stated'],
    [
      'when the gain may be none',
      gainWith({ interval: { lower: -0.001, upper: 0.06, level: 0.95 } }),
      {},
      'AUC gained on the champion, lower bound',
    ],
    ['when the gain was not measured', { ...goodReport(), comparisons: [] }, {}, 'AUC gained on the champion, lower bound'],
    ['when the gain has no interval', gainWith({ interval: null, why: 'Planted gap.' }), {}, 'AUC gained on the champion, lower bound'],
    ['when the gain is another challenger’s', gainWith({ challenger: 'all-history' }), {}, 'AUC gained on the champion, lower bound'],
    [
      'below an absolute floor',
      goodReport(),
      { rules: [{ kind: 'absolute', metric: 'rocAuc', operator: '>=', value: 0.7 }] },
      'AUC of the challenger',
    ],
    [
      'above an absolute ceiling',
      goodReport(),
      { rules: [{ kind: 'absolute', metric: 'logLoss', operator: '<=', value: 0.4 }] },
      'Log-loss of the challenger',
    ],
    [
      'when a ruled metric is missing',
      goodReport(),
      { rules: [{ kind: 'absolute', metric: 'f1', operator: '>=', value: 0 }] },
      'F1 of the challenger',
    ],
    [
      'when a ruled metric has no value',
      challengerWith({ metrics: [estimateOf('rocAuc', null), estimateOf('logLoss', 0.4)] }),
      {},
      'AUC of the challenger',
    ],
    [
      'when ranking is chance',
      challengerWith({ metrics: [estimateOf('rocAuc', 0.505), estimateOf('logLoss', 0.4)] }),
      {},
      'AUC above chance, lower bound',
    ],
    [
      'when it loses more than the baseline',
      challengerWith({ metrics: [estimateOf('rocAuc', 0.66), estimateOf('logLoss', 0.51)] }),
      {},
      'Log-loss below the baseline',
    ],
    ['when the baseline has no figure', { ...goodReport(), baseline: contenderOf('baseline', []) }, {}, 'Log-loss below the baseline'],
    [
      'when it saw held-out rows',
      challengerWith({ trainedOn: { ...goodReport().heldOut } }),
      {},
      'recent-window did not train on the held-out rows',
    ],
    ['when it is not known what it saw', challengerWith({ trainedOn: null }), {}, 'recent-window did not train on the held-out rows'],
    ['when it is too slow', challengerWith({ latencyMs: 6 }), {}, 'time to score one row'],
    ['when its speed was not measured', challengerWith({ latencyMs: null }), {}, 'time to score one row'],
    ['when it is too large', challengerWith({ bytes: 6_000_000 }), {}, 'size of the artifact'],
    ['when the selected challenger is not there', { ...goodReport(), selected: 'nobody' }, {}, 'a challenger is selected'],
  ])('fails %s', (_, report, gate, name) => {
    const verdict = judge(report, gate);

    expect(verdict.verdict).toBe('fail');
    expect(failures(verdict)).toContain(name);
  });

  test.each<[string, EvaluationReport, string[]]>([
    ['with too few rows', { ...goodReport(), heldOut: { ...goodReport().heldOut, rows: 999 } }, ['labelled rows']],
    ['with too few positives', { ...goodReport(), heldOut: { ...goodReport().heldOut, positives: 99 } }, ['positive rows']],
    ['without a champion', { ...goodReport(), champion: null, comparisons: [] }, ['AUC gained on the champion, lower bound']],
  ])('asks a person %s', (_, report, names) => {
    const verdict = judge(report);

    expect(verdict.verdict).toBe('needs-human');
    expect(failures(verdict)).toEqual(names);
  });

  test('fails, and does not ask, when something failed besides', () => {
    const verdict = judge({ ...challengerWith({ latencyMs: 6 }), champion: null, comparisons: [] });

    expect(verdict.verdict).toBe('fail');
  });

  test('fails the bytes of the champion', () => {
    const definition = loanDefinition({ gate: { rules: RULES } });

    const verdict = judgeGate({
      report: goodReport(),
      definition,
      evidence: { ...EVIDENCE, challenger: EVIDENCE.champion ?? '' },
      judgedAt: AT,
    });

    expect(failures(verdict)).toEqual(['the challenger is another model than the champion']);
  });

  test('fails when a check of the bytes did not pass', () => {
    const broken = {
      name: 'bytes',
      metric: 'problems',
      operator: '<=' as const,
      expected: 0,
      actual: 1,
      interval: null,
      passed: false,
      why: 'x',
    };
    const definition = loanDefinition({ gate: { rules: RULES } });

    const verdict = judgeGate({ report: goodReport(), definition, evidence: EVIDENCE, judgedAt: AT, integrity: [broken] });

    expect(verdict.verdict).toBe('fail');
  });

  test('binds its verdict to every part of the evidence', () => {
    const definition = loanDefinition({ gate: { rules: RULES } });
    const digestWith = (changes: Partial<typeof EVIDENCE>) =>
      judgeGate({ report: goodReport(), definition, evidence: { ...EVIDENCE, ...changes }, judgedAt: AT }).evidenceDigest;
    const other = `sha256:${'f'.repeat(64)}`;

    const digests = [{}, { challenger: other }, { champion: other }, { data: other }, { rules: other }, { code: other }].map(digestWith);

    expect(new Set(digests).size).toBe(6);
  });
});

test('a rollback of which nothing was checked fails', () => {
  const verdict = judgeRollback({ model: 'loan', version: 'v1', evidence: EVIDENCE, judgedAt: AT, integrity: [] });

  expect(verdict.verdict).toBe('fail');
});
