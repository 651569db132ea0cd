import { describe, expect, test } from 'vitest';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { auditView } from '../../../pipelines/core/views/audit-view.ts';
import { feedEntries } from '../../../pipelines/core/views/feed-view.ts';
import { modelView } from '../../../pipelines/core/views/model-view.ts';
import { portfolioView } from '../../../pipelines/core/views/portfolio-view.ts';
import { auditEvents, NOW, parcelState, staleState } from '../../dashboard/fixture-state.ts';
import { never, parcel, site, stale, view } from './view-sources.ts';

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
      'Realised AUC is 0.607 against 0.645 promised: 0.038 worse, more than the 0.020 tolerated. 2 open incidents: realised AUC, inputs have moved.',
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
    expect(performance.change).toBe(
      'By window, AUC has changed by −0.009 (69 windows against 1 in which it was promised); so few windows leave any change possible.',
    );
  });

  test('a reference that was kept by window bounds the change at every look, and nothing is said of a version that nobody knows', () => {
    const windows = Array.from({ length: 14 }, (_, day): [string, number, number] => [`day ${day}`, 1500, 0.64 + (day % 2) / 100]);
    const versions = parcel.versions.map((source) =>
      source.reference === null
        ? source
        : { ...source, reference: { ...source.reference, figures: { metric: 'rocAuc' as const, windows } } },
    );
    const pageOf = (model: typeof parcel) => modelView(model, site).performance.change;

    expect(pageOf({ ...parcel, versions })).toMatch(
      /^By window, AUC has changed by −0\.00\d \(69 windows against 14 in which .*\); −0\.\d{3} to \+0\.\d{3} at 95 %, however often one looks\.$/,
    );
    expect(pageOf({ ...parcel, versions: [] })).toBeNull();
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
