import { describe, expect, test } from 'vitest';
import { decide } from '../../../pipelines/core/decisions/decide.ts';
import type { DecisionInput } from '../../../pipelines/core/decisions/decision-input.ts';
import { reduceState } from '../../../pipelines/core/decisions/reduce-state.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { WindowSummary } from '../../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { estimatedDays } from '../../fakes/estimated-windows.ts';
import { loanDefinition, referenceOf, reportOf, summariesOf, versionOf, watchedState } from '../../fakes/policy-world.ts';

const asOf = '2001-03-01T00:00:00Z';

function decided(
  signals: Readonly<Record<string, string>>,
  past: readonly WindowSummary[] = [],
  change: (signal: Signal) => Signal = (signal) => signal,
) {
  const state = { ...watchedState(), windows: [...past], watermark: past.at(-1)?.window.end ?? null };
  const planted = reportOf({ asOf, signals });
  const report = { ...planted, windows: planted.windows.map((one) => ({ ...one, signals: one.signals.map(change) })) };
  const input: DecisionInput = {
    definition: loanDefinition({ monitoring: { performanceWindows: 1 } }),
    state,
    report,
    deployment: { schemaVersion: 1, model: 'loan', production: 'v1', fallback: null },
    reference: referenceOf('v1', 0.7),
    championVersion: versionOf('v1'),
    nextVersion: 'v2',
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: '2001-02-20T00:00:00Z',
  };
  const decisions = decide(input);
  return { decisions, state: reduceState(state, { report, summaries: summariesOf(report), decisions, asOf }) };
}

function request(decisions: readonly Decision[]): Extract<Decision, { kind: 'request-retraining' }> | undefined {
  return decisions.find((decision) => decision.kind === 'request-retraining');
}

const ESTIMATE = 'estimated-performance/rocAuc';
const REALISED = 'realised-performance/rocAuc';
/** Ten earlier days; on `wrong` of them the truth was better than the band. */
const record = (wrong: number) =>
  estimatedDays(
    '2001-02-26T00:00:00Z',
    Array.from({ length: 10 }, (_, day) => (day < wrong ? { realised: 0.8 } : {})),
  );

describe('estimated harm', () => {
  test('asks while too few labels are in, and every reason says that it is an estimate', () => {
    const { decisions, state } = decided({ [ESTIMATE]: 'AAA', [REALISED]: '...' });

    const asked = request(decisions);
    expect(asked?.because.map(({ text }) => text).join('\n')).toContain('An estimate asks, not a measurement');
    expect(asked?.because.map(({ text }) => text).join('\n')).toContain('labelled up to 2001-02-20');
    expect(asked?.alternatives.join('\n')).toContain('Label a sample of these rows now');
    expect(state.incidents).toMatchObject([{ kind: 'estimated-performance', severity: 'medium', status: 'retraining' }]);
  });

  test('asks also where the metric was not even reported', () => {
    expect(request(decided({ [ESTIMATE]: 'AAA' }).decisions)).toBeDefined();
  });

  test.each(['O', 'W', 'A'])('asks for nothing once labels measure the newest window (%s)', (letter) => {
    expect(request(decided({ [ESTIMATE]: 'AAA', [REALISED]: `..${letter}` }).decisions)).toBeUndefined();
  });

  test('asks for nothing when earlier estimates made up harm, and says how they fared when they did not', () => {
    expect(request(decided({ [ESTIMATE]: 'AAA', [REALISED]: '...' }, record(2)).decisions)).toBeUndefined();
    expect(
      request(decided({ [ESTIMATE]: 'AAA', [REALISED]: '...' }, record(0)).decisions)
        ?.because.map(({ text }) => text)
        .join('\n'),
    ).toContain('held the realised AUC in');
  });

  test('two bad windows ask for nothing', () => {
    expect(decided({ [ESTIMATE]: 'OAA', [REALISED]: '...' }).decisions).toEqual([]);
  });
});

describe('labels of older rows', () => {
  test('say nothing of the newest: an estimate still asks while they alone are measured', () => {
    const older = (signal: Signal): Signal =>
      signal.kind !== 'realised-performance'
        ? signal
        : { ...signal, window: { start: addSeconds(signal.window.start, -86_400), end: addSeconds(signal.window.end, -86_400) } };

    expect(request(decided({ [ESTIMATE]: 'AAA', [REALISED]: 'OOO' }).decisions)).toBeUndefined();
    expect(request(decided({ [ESTIMATE]: 'AAA', [REALISED]: 'OOO' }, [], older).decisions)).toBeDefined();
  });
});
