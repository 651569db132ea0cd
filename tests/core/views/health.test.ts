import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { freshnessOf } from '../../../pipelines/core/views/freshness.ts';
import { HEALTH_ORDER, type Health, judgeHealth, worstHealth } from '../../../pipelines/core/views/health.ts';
import type { ModelSource } from '../../../pipelines/core/views/site-source.ts';
import { fixtureFiles } from '../../dashboard/fixture.ts';
import { NOW, parcelState, staleState } from '../../dashboard/fixture-state.ts';

const definition = ModelDefinition.parse(JSON.parse(fixtureFiles()['models/quote-accepted/model.yml'] ?? ''));
const deployment = { schemaVersion: 1 as const, model: 'quote-accepted', production: 'v1', fallback: null };
const quiet = staleState('quote-accepted');
const { incidents } = parcelState();
const fresh = quiet.watermark ?? NOW;

function source(state: ModelState | null): ModelSource {
  return { definition, deployment, state, versions: [] };
}

function healthAt(state: ModelState | null, builtAt = fresh): Health {
  const model = source(state);
  return judgeHealth(model, freshnessOf(model, builtAt)).health;
}

function withSignals(state: ModelState, change: (signal: Signal, window: WindowSummary) => Signal[]): ModelState {
  return {
    ...state,
    windows: state.windows.map((window) => ({ ...window, signals: window.signals.flatMap((signal) => change(signal, window)) })),
  };
}

describe('judging one model', () => {
  test('quiet and complete is healthy', () => {
    expect(healthAt(quiet)).toBe('healthy');
  });

  test('nothing deployed and never watched is not monitored', () => {
    const model = { ...source(null), deployment: null };

    expect(judgeHealth(model, freshnessOf(model, NOW)).health).toBe('not-monitored');
  });

  test('deployed, but no state at all, is unknown', () => {
    expect(healthAt(null)).toBe('unknown');
  });

  test('data older than expected is unknown, and the reason says since when', () => {
    const model = source(quiet);

    const verdict = judgeHealth(model, freshnessOf(model, addSeconds(fresh, 3 * 86_400)));

    expect(verdict.health).toBe('unknown');
    expect(verdict.reasons[0]).toContain('newer data was expected by');
  });

  test('a missing newest window is unknown', () => {
    expect(healthAt({ ...quiet, windows: quiet.windows.slice(0, -1) })).toBe('unknown');
  });

  test('too few labels where labels are due is unknown', () => {
    const state = withSignals(quiet, (signal) => [
      signal.kind === 'realised-performance' ? { ...signal, value: null, status: 'insufficient-data' } : signal,
    ]);

    expect(healthAt(state)).toBe('unknown');
  });

  test('labels that are not due yet are excused', () => {
    const newest = quiet.windows.at(-1);
    const state = withSignals(quiet, (signal, window) => [
      window === newest && signal.kind === 'realised-performance' ? { ...signal, value: null, status: 'insufficient-data' } : signal,
    ]);

    const waiting = state.windows.map((window, index, all) =>
      window.realised === undefined || index < all.length - 1 ? window : { ...window, realised: { ...window.realised, maturity: 0.4 } },
    );

    expect(healthAt({ ...state, windows: waiting })).toBe('healthy');
  });

  test('an alert in the newest window is worth watching', () => {
    const state = withSignals(quiet, (signal) => [signal.kind === 'data-drift' ? { ...signal, status: 'alert' } : signal]);

    expect(healthAt(state)).toBe('watch');
  });

  test.each([
    ['open', 'high', 'act'],
    ['acknowledged', 'high', 'act'],
    ['retraining', 'high', 'act'],
    ['verifying', 'high', 'watch'],
    ['muted', 'high', 'watch'],
    ['open', 'low', 'watch'],
    ['resolved', 'high', 'healthy'],
  ] as const)('an incident that is %s with %s severity leads to %s', (status, severity, expected) => {
    const incident = incidents[0];
    if (incident === undefined) throw new Error('the fixture has an incident');

    expect(healthAt({ ...quiet, incidents: [{ ...incident, status, severity }] })).toBe(expected);
  });
});

describe('precedence', () => {
  test('the order is Act, Unknown, Watch, Healthy, Not monitored', () => {
    expect(HEALTH_ORDER).toEqual(['act', 'unknown', 'watch', 'healthy', 'not-monitored']);
    expect(worstHealth(['healthy', 'watch', 'unknown'])).toBe('unknown');
    expect(worstHealth(['healthy', 'not-monitored'])).toBe('healthy');
    expect(worstHealth([])).toBe('not-monitored');
  });
});

/** What can go missing on the way to the page. None of it is a decision of a person. */
type Removal =
  | { readonly kind: 'state' }
  | { readonly kind: 'window'; readonly index: number }
  | { readonly kind: 'expected-signal'; readonly index: number; readonly signal: Signal['kind'] }
  | { readonly kind: 'value'; readonly index: number; readonly signal: Signal['kind'] }
  | { readonly kind: 'all-signals'; readonly index: number };

function remove(state: ModelState | null, removal: Removal): ModelState | null {
  if (state === null || removal.kind === 'state') return null;
  const windows = state.windows.flatMap((window, at): WindowSummary[] => {
    if (at !== Math.min(removal.index, state.windows.length - 1)) return [window];
    if (removal.kind === 'window') return [];
    if (removal.kind === 'all-signals') return [{ ...window, signals: [] }];
    const signals = window.signals.flatMap((signal): Signal[] => {
      if (signal.kind !== removal.signal || signal.subject === 'hour') return [signal];
      return removal.kind === 'value' ? [{ ...signal, value: null, interval: null, status: 'insufficient-data' }] : [];
    });
    return [{ ...window, signals }];
  });
  return { ...state, windows };
}

const rank = (health: Health) => HEALTH_ORDER.indexOf(health);
// Mostly the newest windows: they are what health speaks about.
const index = fc.constantFrom(20, 20, 20, 19, 19, 18, 0);
const expected = fc.constantFrom<Signal['kind']>('data-drift', 'realised-performance', 'prediction-drift', 'volume');
const removals: fc.Arbitrary<Removal> = fc.oneof(
  fc.constant<Removal>({ kind: 'state' }),
  index.map((at): Removal => ({ kind: 'window', index: at })),
  index.map((at): Removal => ({ kind: 'all-signals', index: at })),
  fc.record({ kind: fc.constant('expected-signal' as const), index, signal: expected }),
  fc.record({ kind: fc.constant('value' as const), index, signal: expected }),
);
const statuses = fc.array(fc.constantFrom<Signal['status']>('ok', 'ok', 'ok', 'warning', 'alert'), { minLength: 12, maxLength: 12 });

test('taking observations away never makes a model look better: it stays as bad, or becomes unknown', () => {
  fc.assert(
    fc.property(statuses, fc.array(removals, { minLength: 1, maxLength: 6 }), fc.boolean(), (drawn, taken, hurt) => {
      const incident = incidents[1];
      const varied = withSignals(quiet, (signal, window) => [
        { ...signal, status: drawn[(quiet.windows.indexOf(window) + signal.kind.length) % 12] ?? 'ok' },
      ]);
      const before: ModelState = { ...varied, incidents: hurt && incident !== undefined ? [incident] : [] };

      const after = taken.reduce<ModelState | null>(remove, before);

      // Act may become Unknown when everything is gone; nothing may fall below Unknown once it stood at or above it.
      expect(rank(healthAt(after))).toBeLessThanOrEqual(Math.max(rank(healthAt(before)), rank('unknown')));
    }),
    { numRuns: 300 },
  );
});
