import { describe, expect, test } from 'vitest';
import { parseWaiting, phraseWaiting, renderWaiting } from '../../../pipelines/core/business/phrase-waiting.ts';
import { BusinessReport } from '../../../pipelines/core/schema/business-report.ts';

function report(changes: Partial<BusinessReport>): BusinessReport {
  return BusinessReport.parse({
    schemaVersion: 1,
    range: { start: '2001-03-01T00:00:00Z', end: '2001-03-02T00:00:00Z' },
    currency: 'USD',
    labelled: 0,
    perPrediction: null,
    interval: null,
    total: null,
    costOfWaitingPerDay: null,
    breakEvenDays: null,
    why: 'No label of this window has arrived yet; the windows before it tell: No measurable cost of waiting: ...',
    ...changes,
  });
}

describe('the cost of waiting in one sentence', () => {
  test('a figure with its interval and what it means for a retraining', () => {
    const waiting = { interval: { lower: 40.4, upper: 151.6, level: 0.95 }, why: 'figures' };

    expect(phraseWaiting(report({ costOfWaitingPerDay: 96, breakEvenDays: 0.52, waiting }))).toBe(
      'Waiting costs about USD\u00a096 a day (95 % interval USD\u00a040 to USD\u00a0152); a retraining that won it all back would pay for itself in 0.5 days.',
    );
  });

  test('an interval that holds nothing, though the newest window has no label', () => {
    const waiting = { interval: { lower: -31, upper: 12, level: 0.95 }, why: 'figures' };

    expect(phraseWaiting(report({ waiting }))).toBe(
      'No measurable cost of waiting: its 95 % interval reaches from USD\u00a0−31 to USD\u00a012 a day.',
    );
  });

  test('one reason where there is no figure', () => {
    const why = 'Cost of waiting not shown: 50 labelled rows, 100 are needed.';

    expect(phraseWaiting(report({ waiting: { interval: null, why } }))).toBe(why);
    expect(phraseWaiting(null)).toBe('Cost of waiting not shown: no labelled row has a value in money yet.');
  });

  test('stays what a decision said: parse(render(x)) = x', () => {
    const waiting = { interval: null, why: 'Cost of waiting not shown: 50 labelled rows, 100 are needed.' };

    expect(parseWaiting(['Roll back.', renderWaiting(report({ waiting }))])).toBe(waiting.why);
    expect(parseWaiting(['Roll back.'])).toBeNull();
  });

  test('a report of before the interval was kept tells its reason', () => {
    expect(phraseWaiting(report({ why: 'The definition states no value for right and wrong calls.' }))).toBe(
      'Cost of waiting not shown: The definition states no value for right and wrong calls.',
    );
  });
});
