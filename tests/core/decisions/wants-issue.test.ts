import { describe, expect, test } from 'vitest';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import { wantsIssue } from '../../../pipelines/core/decisions/wants-issue.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { loanDefinition, reportOf } from '../../fakes/policy-world.ts';

const AS_OF = '2001-02-08T00:00:00Z';
const definition = loanDefinition();

function opened(...names: readonly string[]): Incident[] {
  const report = reportOf({ asOf: AS_OF, signals: Object.fromEntries(names.map((name) => [name, 'AAA'])) });
  return changeIncidents({ definition, incidents: [], past: [], report }).map(({ incident }) => incident);
}

const [drift] = opened('data-drift/income');
const [harm] = opened('realised-performance/rocAuc');
const [breach] = opened('missing-values/income');
if (drift === undefined || harm === undefined || breach === undefined) throw new Error('nothing was opened');

const over = (at: string): Incident => ({ ...harm, status: 'resolved', resolvedAt: at });
const news = (at: string): Incident => ({ ...drift, news: { at, roseFrom: 'low', joined: [] } });

describe('whether moved inputs get an issue', () => {
  test.each<[string, Incident, readonly Incident[], boolean]>([
    ['alone they do', drift, [], true],
    ['muted they do not', { ...drift, status: 'muted' }, [], false],
    ['over they do not', { ...drift, status: 'resolved' }, [], false],
    ['beside harm they do not', drift, [harm], false],
    ['beside harm that is muted they do', drift, [{ ...harm, status: 'muted' }], true],
    ['after harm that named them they do not', drift, [over('2001-02-20T00:00:00Z')], false],
    ['opened after the harm was over they do', drift, [over('2001-02-01T00:00:00Z')], true],
    ['with news since that harm they do', news('2001-02-25T00:00:00Z'), [over('2001-02-20T00:00:00Z')], true],
    ['of a column whose broken data has an issue they do not', drift, [breach], false],
    ['of another column than the broken one they do', drift, [{ ...breach, subject: 'purpose' }], true],
  ])('%s', (_, incident, others, wanted) => {
    expect(wantsIssue(incident, [incident, ...others], definition)).toBe(wanted);
  });

  test('where the owner wants a report they get none; harm and breaches always do', () => {
    const report = loanDefinition({ monitoring: { incident: { driftAlone: 'report' } } });

    expect([drift, harm, breach].map((incident) => wantsIssue(incident, [], report))).toEqual([false, true, true]);
  });
});

describe('a column that left the definition', () => {
  const both = opened('data-drift/income', 'data-drift/purpose');
  const without = (name: string) => loanDefinition({ columns: definition.columns.filter((column) => column.name !== name) });
  const next = reportOf({ asOf: '2001-02-09T00:00:00Z', signals: { 'data-drift/purpose': 'A' } });

  test.each(['data-drift/income', 'vocabulary/income', 'missing-values/income'])('no longer keeps its incident open: %s', (name) => {
    const [change] = changeIncidents({ definition: without('income'), incidents: opened(name), past: [], report: next });

    expect(change).toMatchObject({ kind: 'resolve-incident', incident: { status: 'resolved' } });
  });

  test('leaves an incident of others as theirs', () => {
    const [change] = changeIncidents({ definition: without('income'), incidents: both, past: [], report: next });

    expect(change).toMatchObject({ kind: 'update-incident', incident: { subject: 'purpose', status: 'open' } });
    expect(change?.incident.members?.map(({ subject, status }) => `${subject} ${status}`)).toEqual(['purpose bad', 'income recovered']);
  });
});
