import { describe, expect, test } from 'vitest';
import { carryEvidence, standingEvidence } from '../../../pipelines/core/decisions/carry-evidence.ts';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import { reduceState } from '../../../pipelines/core/decisions/reduce-state.ts';
import type { Incident, IncidentStatus } from '../../../pipelines/core/schema/incident.ts';
import { emptyModelState, ModelState } from '../../../pipelines/core/schema/model-state.ts';
import type { MonitoringReport } from '../../../pipelines/core/schema/monitoring-report.ts';
import { loanDefinition, reportOf, watchedState } from '../../fakes/policy-world.ts';

const BEFORE = { income: 12.5, purpose: 0.4 };
const AFTER = { income: 90, purpose: 0.2 };
const AS_OF = '2001-02-08T00:00:00Z';

/** A report of three windows that starts at the watermark of the state. */
function reportFrom(changes: Partial<MonitoringReport> = {}): MonitoringReport {
  const report = reportOf({ asOf: AS_OF, signals: { 'data-drift/income': 'AAA', 'data-drift/purpose': 'AAA' } });
  return { ...report, evidence: { before: BEFORE, after: AFTER }, ...changes };
}

function stateWith(incidents: readonly Incident[] = [], changes: Partial<ModelState> = {}): ModelState {
  return { ...watchedState(), watermark: reportFrom().previousWatermark, evidence: BEFORE, incidents: [...incidents], ...changes };
}

/** Incidents of drift in income and purpose, as they were opened one a column, and one of realised performance. */
function incidents(...statuses: readonly IncidentStatus[]): Incident[] {
  const names = ['data-drift/income', 'data-drift/purpose', 'realised-performance/rocAuc'];
  const opened = names.flatMap((name, index) => {
    const report = reportOf({ asOf: AS_OF, signals: { [name]: 'AAA' } });
    const changes = changeIncidents({ definition: loanDefinition(), incidents: [], past: [], report });
    return changes.map(({ incident }): Incident => ({ ...incident, id: String(index).repeat(16) }));
  });
  return opened.flatMap((incident, index) => (statuses[index] === undefined ? [] : [{ ...incident, status: statuses[index] }]));
}

describe('carryEvidence', () => {
  test('a run hands on what its last window leaves, once: the same report again, and an older one, add nothing', () => {
    const report = reportFrom();
    const run = { report, summaries: [], decisions: [], asOf: AS_OF };

    const once = reduceState(stateWith(), run);
    const twice = reduceState({ ...once, evidence: { income: 1 } }, run);

    expect(once.evidence).toEqual(AFTER);
    expect(ModelState.parse(once)).toEqual(once);
    expect(twice.evidence).toEqual({ income: 1 });
  });

  test('a run that looked at no window keeps what is known', () => {
    const report = reportOf({ asOf: AS_OF });

    expect(carryEvidence(stateWith(), stateWith(), report)).toEqual(BEFORE);
  });

  test.each<[string, Incident[], Incident[], object]>([
    ['a drift that opens is no fresh start', [], incidents('open'), AFTER],
    ['a drift that a person mutes is', incidents('open', 'open'), incidents('muted', 'open'), {}],
    ['a drift that was muted before is not', incidents('muted'), incidents('muted'), AFTER],
    ['a drift that a person acknowledges is', incidents('open'), incidents('acknowledged'), {}],
    ['the last drift that closes is', incidents('open', 'resolved'), incidents('resolved', 'resolved'), {}],
    ['a muted drift does not count as going on', incidents('muted', 'open'), incidents('muted', 'resolved'), {}],
    ['a drift that closes while another goes on is not', incidents('open', 'open'), incidents('resolved', 'open'), AFTER],
    ['one that opened and closed within the run is', [], incidents('resolved'), {}],
    ['harm that closes or is muted is not', incidents('resolved', 'resolved', 'open'), incidents('resolved', 'resolved', 'muted'), AFTER],
  ])('%s', (_, before, after, expected) => {
    expect(carryEvidence(stateWith(before), stateWith(after), reportFrom())).toEqual(expected);
  });

  test('a new champion starts afresh, and keeps what its own windows say', () => {
    const promoted = stateWith([], { champion: 'v2' });

    const ofTheOld = carryEvidence(stateWith(), promoted, reportFrom());
    const ofNobody = carryEvidence(stateWith(), promoted, reportOf({ asOf: AS_OF, champion: 'v2' }));
    const ofItsOwn = carryEvidence(stateWith(), promoted, reportFrom({ champion: 'v2' }));

    expect([ofTheOld, ofNobody, ofItsOwn]).toEqual([{}, {}, AFTER]);
    expect(standingEvidence(stateWith(), { production: 'v1' })).toEqual(BEFORE);
    expect(standingEvidence(stateWith(), { production: 'v2' })).toEqual({});
  });

  test('a state that was written before there was evidence still parses', () => {
    const { evidence, ...older } = emptyModelState('loan');

    expect(evidence).toEqual({});
    expect(ModelState.parse(older).evidence).toEqual({});
  });
});
