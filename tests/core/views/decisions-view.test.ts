import { describe, expect, test } from 'vitest';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { comparabilityWarnings } from '../../../pipelines/core/views/comparability-warnings.ts';
import { modelView } from '../../../pipelines/core/views/model-view.ts';
import { estimate } from '../../dashboard/fixture-signals.ts';
import { parcelState, V2, V3 } from '../../dashboard/fixture-state.ts';
import { evaluationReport, evidenceOf } from '../../dashboard/fixture-version.ts';
import { parcel, site, versionOf, view } from './view-sources.ts';

describe('decisions', () => {
  test('promoted, refused, not proposed and waiting, newest first', () => {
    expect(view().decisions.map((decision) => [decision.outcome, decision.slug])).toEqual([
      ['waiting', '7'],
      ['not proposed', null],
      ['refused', '5'],
      ['promoted', '2'],
    ]);
  });

  test('a promoted decision carries table, verdict, money, outcome and the way back', () => {
    const decision = view().decisions.find((one) => one.slug === '2');

    expect(decision?.table.map((row) => [row.metric, row.outcome])).toEqual([
      ['rocAuc', 'better'],
      ['logLoss', 'better'],
      ['valuePerPrediction', 'not compared'],
    ]);
    expect(decision?.verdict?.verdict).toBe('pass');
    expect(decision?.verification?.outcome).toBe('kept');
    expect(decision?.undo).toContain('holdfast rollback parcel-late v1');
    expect(decision?.money).toContain(
      'Waiting costs about USD\u00a096 a day; a retraining that won it all back would pay for itself in 0.5 days.',
    );
    expect(decision?.trail.map((step) => step.what)).toEqual([
      'Proposed by the policy',
      'Gate: pass',
      'Approved and merged by approver',
      'Promise kept (15 May 2026)',
    ]);
  });

  test('a refused decision does not borrow the evidence of a later version of the same name', () => {
    const later = versionOf({ ...V3, decision: 'another' });
    const decisions = modelView({ ...parcel, versions: [...parcel.versions, later] }, site).decisions;

    const refused = decisions.find((decision) => decision.slug === '5');

    expect(refused?.evaluation).toBeNull();
    expect(refused?.recommendation).toContain('was refused');
  });

  test('a refused decision carries the table of the report that is kept beside its verdict', () => {
    const kept = { ...site, evaluations: { [evidenceOf(V3)]: evaluationReport(V3) } };

    const refused = modelView(parcel, kept).decisions.find((decision) => decision.slug === '5');

    const [row] = refused?.table ?? [];
    expect([row?.metric, row?.outcome]).toEqual(['rocAuc', 'no clear difference']);
    expect(row?.champion?.interval).not.toBeNull();
    expect(row?.comparison?.interval).not.toBeNull();
  });

  test.each([
    ['another challenger', { challengers: [{ ...evaluationReport(V3).challengers[0], artifactDigest: evidenceOf(V2) }] }],
    ['other rows', { heldOut: { ...evaluationReport(V3).heldOut, digest: evidenceOf(V2) } }],
    ['another version', { version: 'v4' }],
    ['no champion', { champion: null }],
  ])('a kept report that measured %s is not shown', (_what, change) => {
    const report = EvaluationReport.parse({ ...evaluationReport(V3), ...change });

    const refused = modelView(parcel, { ...site, evaluations: { [evidenceOf(V3)]: report } }).decisions.find(({ slug }) => slug === '5');

    expect(refused?.verdict).not.toBeNull();
    expect(refused?.evaluation).toBeNull();
  });

  test('a retraining that was abandoned is told as not finished, without a verdict', () => {
    const state = parcelState();
    const abandoned = { problem: 'the training ended 3 times without a version', run: 'https://github.example/runs/9' };
    const proposals = state.proposals.map((one) =>
      one.pullRequest === 5 ? { ...one, outcome: 'abandoned' as const, evidence: null, abandoned } : one,
    );

    const told = modelView({ ...parcel, state: { ...state, proposals } }, site).decisions.find(({ slug }) => slug === '5');

    expect(told?.outcome).toBe('not finished');
    expect(told?.verdict).toBeNull();
    expect(told?.recommendation).toBe('v3 was not judged: the training ended 3 times without a version. No gate refused it.');
  });
});

describe('comparability', () => {
  const report = evaluationReport(V2);

  test('like with like needs no warning', () => {
    expect(comparabilityWarnings(report, parcel.definition)).toEqual([]);
  });

  test('each way of not being comparable is said', () => {
    const unequal = {
      ...report,
      asOf: report.heldOut.range.end,
      heldOut: { ...report.heldOut, quarantined: 2 },
      champion: report.champion === null ? null : { ...report.champion, metrics: [estimate('rocAuc', 0.6, 100)] },
    };

    const warnings = comparabilityWarnings(unequal, parcel.definition);

    expect(warnings).toHaveLength(3);
    expect(warnings.join(' ')).toMatch(/9,000 rows for the challenger and 100 for the champion.*not all due.*2 held-out rows/);
    expect(comparabilityWarnings({ ...report, champion: null }, parcel.definition)).toEqual(['There is no champion to compare with.']);
  });
});
