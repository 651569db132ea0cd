import { describe, expect, test } from 'vitest';
import { decide } from '../../pipelines/core/decisions/decide.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { explain } from '../../pipelines/stages/explain.ts';
import { loanDefinition, referenceOf, reportOf, summariesOf, versionOf, watchedState } from '../fakes/policy-world.ts';

function harmedState(): ModelState {
  const report = reportOf({ asOf: '2001-02-08T00:00:00Z', signals: { 'realised-performance/rocAuc': 'OOOOAAA' } });
  const state = watchedState();
  const decisions = decide({
    definition: loanDefinition(),
    state,
    report,
    deployment: { schemaVersion: 1, model: 'loan', production: 'v1', fallback: null },
    reference: referenceOf('v1', 0.7),
    championVersion: versionOf('v1'),
    nextVersion: 'v2',
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: report.asOf,
  });
  return reduceState(state, { report, summaries: summariesOf(report), decisions, asOf: report.asOf });
}

describe('explain', () => {
  test('a retraining leads to its incident, the signal with value and threshold, the window and the digest of its profile', () => {
    const state = harmedState();
    const request = state.decisions.find(({ kind }) => kind === 'request-retraining');

    const chain = explain(state, request?.id ?? '').map(({ depth, text }) => `${depth} ${text}`);

    expect(chain[0]).toMatch(/^0 decision [0-9a-f]{16} at 2001-02-08T00:00:00Z: request-retraining of v2, held out /);
    const order = [
      /^1 because of incident [0-9a-f]{16}/,
      /^2 incident /,
      /^3 signal realised-performance\/rocAuc\//,
      /^4 window 2001-02-0\dT.* profile sha256:/,
    ];
    const found = order.map((pattern) => chain.findIndex((line) => pattern.test(line)));
    expect(found.every((at, index) => at > (found[index - 1] ?? 0))).toBe(true);
    expect(chain.find((line) => line.startsWith('3 signal'))).toContain(
      'alert; value 0.3, reference 0, bad when > 0.1 (planted), 1,000 rows; planted',
    );
  });

  test('an incident is explained by its worst and its latest signal', () => {
    const state = harmedState();
    const incident = state.incidents[0];

    const chain = explain(state, incident?.id ?? '');

    expect(chain.filter(({ text }) => text.startsWith('signal')).map(({ text }) => text.split(':')[0])).toEqual([
      `signal ${incident?.worst.id}`,
      `signal ${incident?.latest.id}`,
    ]);
  });

  test('the first digits of an id are enough, unless they name several', () => {
    const state = harmedState();
    const [incident] = state.incidents;
    const twin = incident === undefined ? [] : [{ ...incident, id: `${incident.id.slice(0, 15)}${incident.id.endsWith('0') ? '1' : '0'}` }];

    expect(explain(state, (incident?.id ?? '').slice(0, 6))[0]?.text).toContain(incident?.id);
    expect(() => explain({ ...state, incidents: [...state.incidents, ...twin] }, (incident?.id ?? '').slice(0, 15))).toThrow(
      /names several/,
    );
    expect(() => explain(state, 'abc')).toThrow(/no decision and no incident abc/);
  });

  test('what the state no longer keeps is said, not left out', () => {
    const state = { ...harmedState(), windows: [] };

    const texts = explain(state, state.incidents[0]?.id ?? '').map(({ text }) => text);

    expect(texts.filter((text) => text.endsWith('no longer kept'))).toHaveLength(2);
  });
});
