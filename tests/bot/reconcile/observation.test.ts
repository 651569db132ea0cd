import { describe, expect, test } from 'vitest';
import { readObservation } from '../../../bot/reconcile/observation.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { reportOf, summariesOf, watchedState } from '../../fakes/policy-world.ts';

const DEPLOYMENT = { schemaVersion: 1 as const, model: 'loan', production: 'v1', fallback: null };
const PLANTED = reportOf({ asOf: '2001-02-08T00:00:00Z', signals: { 'data-drift/income': 'AAA' } });

/** The artifact of a watch job that started from this evidence of drift. */
function artifactOf(before: Readonly<Record<string, number>> | null): Uint8Array {
  const report = before === null ? PLANTED : { ...PLANTED, evidence: { before, after: { income: 90 } } };
  return new TextEncoder().encode(JSON.stringify({ report, summaries: summariesOf(report) }));
}

function stateWith(evidence: Readonly<Record<string, number>>, champion = 'v1'): ModelState {
  return { ...watchedState(champion), watermark: PLANTED.previousWatermark, evidence };
}

describe('readObservation', () => {
  test('takes a report that starts where the state ends', () => {
    const seen = readObservation(artifactOf({ income: 12, purpose: 1 }), stateWith({ purpose: 1, income: 12 }), DEPLOYMENT);

    expect(seen?.report.evidence?.after).toEqual({ income: 90 });
    expect(seen?.summaries).toHaveLength(3);
  });

  test.each<[string, Uint8Array, ModelState]>([
    ['its windows were reported by somebody else', artifactOf({}), { ...stateWith({}), watermark: PLANTED.watermark }],
    ['the evidence of drift has started afresh since', artifactOf({ income: 12 }), stateWith({})],
  ])('refuses a report when %s', (_, bytes, state) => {
    expect(readObservation(bytes, state, DEPLOYMENT)).toBeNull();
  });

  test('a champion that is not recorded yet starts from no evidence; a report of an older job says nothing of it', () => {
    const unrecorded = { ...DEPLOYMENT, production: 'v1' };

    expect(readObservation(artifactOf({}), stateWith({ income: 12 }, 'v0'), unrecorded)).not.toBeNull();
    expect(readObservation(artifactOf({ income: 12 }), stateWith({ income: 12 }, 'v0'), unrecorded)).toBeNull();
    expect(readObservation(artifactOf(null), stateWith({ income: 12 }), DEPLOYMENT)).not.toBeNull();
  });
});
