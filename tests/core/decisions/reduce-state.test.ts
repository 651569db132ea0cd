import { describe, expect, test } from 'vitest';
import { decide } from '../../../pipelines/core/decisions/decide.ts';
import type { DecisionInput } from '../../../pipelines/core/decisions/decision-input.ts';
import { NOTHING_OBSERVED } from '../../../pipelines/core/decisions/observed-facts.ts';
import { reduceState } from '../../../pipelines/core/decisions/reduce-state.ts';
import { Decision } from '../../../pipelines/core/schema/decision.ts';
import { emptyModelState, ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { loanDefinition, referenceOf, reportOf, summariesOf, versionOf, watchedState } from '../../fakes/policy-world.ts';

const HARM = { asOf: '2001-02-08T00:00:00Z', signals: { 'realised-performance/rocAuc': 'OOOOAAA' } };

function inputOf(state: ModelState, changes: Partial<DecisionInput> = {}): DecisionInput {
  const report = changes.report ?? reportOf(HARM);
  return {
    definition: loanDefinition(),
    state,
    report,
    deployment: { schemaVersion: 1, model: 'loan', production: 'v1', fallback: null },
    reference: referenceOf('v1', 0.7),
    championVersion: versionOf('v1'),
    nextVersion: 'v2',
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: report.asOf,
    ...changes,
  };
}

function run(state: ModelState, changes: Partial<DecisionInput> = {}): ModelState {
  const input = inputOf(state, changes);
  const { report } = input;
  const observed = input.observed ?? NOTHING_OBSERVED;
  return reduceState(state, { report, summaries: summariesOf(report), decisions: decide(input), asOf: report.asOf, observed });
}

describe('decide and reduceState', () => {
  test('decisions and the reduced state pass their schemas', () => {
    const decisions = decide(inputOf(watchedState()));

    const state = run(watchedState());

    expect(decisions.map((decision) => Decision.parse(decision).kind)).toEqual(['open-incident', 'request-retraining']);
    expect(ModelState.parse(state)).toEqual(state);
    expect(state.retraining).toMatchObject({ version: 'v2', branch: 'retrain/loan', pullRequest: null, requestedAt: HARM.asOf });
  });

  test('the same input gives the same decisions, and reducing a run twice changes nothing more', () => {
    const input = inputOf(watchedState());
    const { report } = input;
    const decisions = decide(input);
    const observed = { ...NOTHING_OBSERVED };
    const once = reduceState(input.state, { report, summaries: summariesOf(report), decisions, asOf: report.asOf, observed });

    const twice = reduceState(once, { report, summaries: summariesOf(report), decisions, asOf: report.asOf, observed });

    expect(decide(input)).toEqual(decisions);
    expect(twice).toEqual(once);
  });

  test('nothing that is given is changed', () => {
    const input = inputOf(watchedState());
    const before = structuredClone(input);

    run(input.state);
    decide(input);

    expect(input).toEqual(before);
  });

  test('the first deployment is recorded and not verified: it was promised to nobody', () => {
    const state = run(emptyModelState('loan'), { report: reportOf({ asOf: HARM.asOf }) });

    expect(state.champion).toBe('v1');
    expect(state.verification).toBeNull();
    expect(state.promotions).toHaveLength(1);
  });

  test('a merge is recorded with its facts, ends the retraining and starts the verification', () => {
    const requested = run(watchedState());
    const promotedAt = '2001-02-09T00:00:00Z';
    const promotion = { version: 'v2', pullRequest: 2, mergeSha: 'f00', mergedBy: 'approver', promotedAt, evidence: null };

    const state = run(requested, {
      report: reportOf({ asOf: '2001-02-10T00:00:00Z', champion: 'v2' }),
      deployment: { schemaVersion: 1, model: 'loan', production: 'v2', fallback: 'v1' },
      reference: referenceOf('v2', 0.72),
      observed: { ...NOTHING_OBSERVED, promotion },
    });

    expect(state.retraining).toBeNull();
    expect(state.promotions).toEqual([
      { version: 'v2', previous: 'v1', at: promotedAt, pullRequest: 2, mergeSha: 'f00', mergedBy: 'approver', evidence: null },
    ]);
    expect(state.verification).toMatchObject({ version: 'v2', previous: 'v1', promotedAt, pullRequest: 2 });
    expect(state.incidents.map(({ status }) => status)).toEqual(['verifying']);
  });

  test('late labels replace the summary of their window; the watermark never goes back', () => {
    const report = reportOf(HARM);
    const state = run(watchedState());
    const [late] = summariesOf(report).map((summary) => ({ ...summary, labelled: 7 }));
    const older = { ...report, watermark: '2001-02-01T00:00:00Z', windows: [] };

    const next = reduceState(state, { report: older, summaries: late === undefined ? [] : [late], decisions: [], asOf: HARM.asOf });

    expect(next.windows).toHaveLength(7);
    expect(next.windows[0]?.labelled).toBe(7);
    expect(next.watermark).toBe(HARM.asOf);
  });

  test('rings stay within their limits and keep the newest', () => {
    let state = watchedState();
    for (let month = 1; month <= 9; month += 1) {
      state = run(state, {
        report: reportOf({ asOf: `2001-0${month}-28T00:00:00Z`, newLabels: 0, signals: { 'data-drift/income': 'A'.repeat(28) } }),
      });
    }

    expect(state.windows).toHaveLength(200);
    expect(state.windows.at(-1)?.window.end).toBe('2001-09-28T00:00:00Z');
    expect(state.decisions.filter(({ kind }) => kind === 'update-incident')).toHaveLength(1);
    expect(ModelState.safeParse(state).success).toBe(true);
  });

  test('every decision says why, and a request links its signal, its incident and the policy', () => {
    const decisions = decide(inputOf(watchedState()));

    const request = decisions.find(({ kind }) => kind === 'request-retraining');

    expect(request?.because.map(({ kind }) => kind)).toEqual(['incident', 'signal', 'policy']);
    expect(decisions.every(({ because }) => because.length > 0)).toBe(true);
  });
});
