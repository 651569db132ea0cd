import { describe, expect, test } from 'vitest';
import { Deployment } from '../../../pipelines/core/schema/deployment.ts';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { ModelVersion } from '../../../pipelines/core/schema/model-version.ts';
import { auditView } from '../../../pipelines/core/views/audit-view.ts';
import { comparabilityWarnings } from '../../../pipelines/core/views/comparability-warnings.ts';
import { feedEntries } from '../../../pipelines/core/views/feed-view.ts';
import { type ModelView, modelView } from '../../../pipelines/core/views/model-view.ts';
import { portfolioView } from '../../../pipelines/core/views/portfolio-view.ts';
import type { ModelSource, SiteSource, VersionSource } from '../../../pipelines/core/views/site-source.ts';
import { fixtureFiles } from '../../dashboard/fixture.ts';
import { estimate } from '../../dashboard/fixture-signals.ts';
import { auditEvents, NOW, parcelState, staleState, V1, V2, V3 } from '../../dashboard/fixture-state.ts';
import {
  evaluationReport,
  evidenceOf,
  type FixtureVersion,
  gateVerdict,
  trainingSpec,
  versionFiles,
} from '../../dashboard/fixture-version.ts';

function definitionOf(name: string): ModelDefinition {
  return ModelDefinition.parse(JSON.parse(fixtureFiles()[`models/${name}/model.yml`] ?? ''));
}

function versionOf(facts: FixtureVersion): VersionSource {
  const version = ModelVersion.parse(JSON.parse(versionFiles(facts)['version.json'] ?? ''));
  return {
    version,
    spec: trainingSpec(facts),
    evaluation: evaluationReport(facts),
    reference: { range: facts.heldOut, promise: [estimate('rocAuc', facts.auc)] },
  };
}

const parcel: ModelSource = {
  definition: definitionOf('parcel-late'),
  deployment: Deployment.parse({ schemaVersion: 1, model: 'parcel-late', production: 'v2', fallback: 'v1' }),
  state: parcelState(),
  versions: [versionOf(V1), versionOf(V2)],
};
const stale: ModelSource = {
  definition: definitionOf('quote-accepted'),
  deployment: { schemaVersion: 1, model: 'quote-accepted', production: 'v1', fallback: null },
  state: staleState('quote-accepted'),
  versions: [],
};
const never: ModelSource = { definition: definitionOf('upsell'), deployment: null, state: null, versions: [] };
const site: SiteSource = {
  models: [never, stale, parcel],
  verdicts: [gateVerdict(V2, 'pass'), gateVerdict(V3, 'fail')],
  evaluations: {},
  events: auditEvents(),
  repositoryUrl: 'https://github.example/acme/models',
  builtAt: NOW,
  clock: 'wall',
};

function view(): ModelView {
  return modelView(parcel, site);
}

describe('portfolio', () => {
  test('models stand most urgent first and the sentence hides nothing', () => {
    const portfolio = portfolioView(site);

    expect(portfolio.models.map((model) => [model.name, model.health])).toEqual([
      ['parcel-late', 'act'],
      ['quote-accepted', 'unknown'],
      ['upsell', 'not-monitored'],
    ]);
    expect(portfolio.sentence).toBe('1 of 3 models needs action now; 1 more has no fresh data.');
    expect(portfolio.expectedBy).toBe(addSeconds(NOW, 2 * 86_400));
  });

  test('missing data outranks health: a stale model beside a healthy one makes the portfolio unknown', () => {
    const quiet = { ...stale, state: { ...staleState('quote-accepted') } };
    const healthy = portfolioView({ ...site, models: [quiet], builtAt: quiet.state.watermark ?? NOW });

    const mixed = portfolioView({
      ...site,
      models: [quiet, { ...stale, definition: { ...stale.definition, name: 'other' }, state: null }],
      builtAt: quiet.state.watermark ?? NOW,
    });

    expect(healthy.health).toBe('healthy');
    expect(mixed.health).toBe('unknown');
  });

  test('a model that is not to be published is not there', () => {
    const hidden = { ...parcel, definition: { ...parcel.definition, dashboard: { ...parcel.definition.dashboard, publish: false } } };

    expect(JSON.stringify(portfolioView({ ...site, models: [hidden] }))).not.toContain('parcel-late');
  });

  test('no model at all is said', () => {
    expect(portfolioView({ ...site, models: [] }).sentence).toBe('No model is defined yet.');
  });
});

describe('model', () => {
  test('the sentence names value, promise, loss and open incidents', () => {
    expect(view().sentence).toBe(
      'Realised AUC is 0.607 against 0.645 promised: 0.038 worse, more than the 0.020 tolerated. 2 open incidents: realised AUC, drift of distance.',
    );
    expect(view().nextStep).toBe('Review pull request #7');
  });

  test('performance is judged where labels are due, and each version keeps its own promise', () => {
    const { performance } = view();

    expect(performance.now?.window.end).toBe(addSeconds(NOW, -86_400));
    expect(performance.steps.map((step) => [step.version, step.promised?.value])).toEqual([
      ['v1', 0.66],
      ['v2', 0.645],
    ]);
    expect(performance.points).toHaveLength(136);
    expect(performance.points.filter((point) => point.value === null)).toHaveLength(1);
  });

  test('the drift table folds days into weeks and keeps the worst of each', () => {
    const { drift } = view();

    expect(drift.windowsPerSpan).toBe(7);
    expect(drift.spans).toHaveLength(20);
    const distance = drift.rows.find((row) => row.subject === 'distance');
    const newest = parcelState()
      .windows.slice(-7)
      .flatMap((summary) => summary.signals.filter((signal) => signal.subject === 'distance').map((signal) => signal.value ?? 0));
    expect(distance?.cells.at(-1)?.value).toBe(Math.max(...newest));
    expect(distance?.cells.at(-1)?.alerts).toBe(7);
    expect(drift.drifting).toBe(1);
    expect(drift.watched).toBe(2);
  });

  test('a calendar feature over the floor is shown, not counted', () => {
    const hour = view().drift.rows.find((row) => row.subject === 'hour');

    expect(hour?.what).toBe('calendar feature');
    expect(hour?.cells.some((cell) => (cell.step ?? 0) >= 3)).toBe(true);
    expect(hour?.cells.every((cell) => cell.alerts === 0)).toBe(true);
  });

  test('a model without state has views without figures', () => {
    const empty = modelView(never, site);

    expect(empty.performance.now).toBeNull();
    expect(empty.drift.rows).toEqual([]);
    expect(empty.nextStep).toBe('Deploy a version to start monitoring');
  });
});

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

describe('incidents', () => {
  test('the timeline runs from the first bad window to the end, with durations', () => {
    const resolved = view().incidents.find((incident) => incident.number === 1);

    expect(resolved?.timeline.map((step) => [step.what, step.after])).toEqual([
      ['First bad window begins', null],
      ['Detected and opened after 3 bad windows', '3 days later'],
      ['Retraining of v2 proposed', '7 days later'],
      ['v2 approved and merged by approver', '6 days later'],
      ['Recovered: 3 healthy windows in a row.', '6 days later'],
      ['Promise of v2 kept', '2 days later'],
    ]);
  });

  test('an open incident says what is still to come; without an issue its id names the page', () => {
    const [, drift] = view().incidents;

    expect(drift?.slug).toMatch(/^[0-9a-f]{16}$/);
    expect(drift?.timeline.at(-1)?.at).toBeNull();
    expect(view().incidents[0]?.url).toBe('https://github.example/acme/models/issues/4');
  });
});

describe('versions', () => {
  test('newest first, with role, nine headings and provenance', () => {
    const [v2, v1] = view().versions;

    expect([v2?.version, v2?.role, v1?.role]).toEqual(['v2', 'champion', 'fallback']);
    expect(v2?.card.map((section) => section.heading)).toEqual([
      'Model details',
      'Intended use',
      'Factors',
      'Metrics',
      'Evaluation data',
      'Training data',
      'Quantitative analyses',
      'Ethical considerations',
      'Caveats and recommendations',
    ]);
    expect(v2?.card.find((section) => section.heading === 'Ethical considerations')?.lines).toEqual([]);
    expect(v2?.provenance.length).toBeGreaterThanOrEqual(5);
    expect(v2?.decisionSlug).toBe('2');
  });
});

describe('audit and feed', () => {
  test('an intact chain is recomputed; one changed word breaks it', () => {
    const events = auditEvents();
    const forged = events.map((event, index) => (index === 3 ? { ...event, actor: 'someone' } : event));

    expect(auditView(events).intact).toBe(true);
    expect(auditView(forged)).toMatchObject({ intact: false, sentence: expect.stringContaining('breaks at event 3') });
    expect(auditView(events.slice(1)).intact).toBe(false);
  });

  test('feed ids are unique and stay when an incident is resolved', () => {
    const entries = feedEntries([view()]);

    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
    expect(entries).toHaveLength(7);
    expect([...entries].sort((a, b) => (a.updated < b.updated ? 1 : -1)).map((entry) => entry.updated)).toEqual(
      entries.map((entry) => entry.updated),
    );
  });

  test('all views are data: they survive JSON', () => {
    const portfolio = portfolioView(site);

    expect(JSON.parse(JSON.stringify(portfolio))).toEqual(portfolio);
  });
});
