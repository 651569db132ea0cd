import { describe, expect, test } from 'vitest';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { settledByLabels } from '../../../pipelines/core/signals/settled-by-labels.ts';
import { daysUntil, loanDefinition, reportOf, signalOf, summariesOf } from '../../fakes/policy-world.ts';

const AS_OF = '2001-02-08T00:00:00Z';
const [DAY = { start: AS_OF, end: AS_OF }, EARLIER = DAY] = daysUntil(AS_OF, 1);
const estimate = (letter: string): Signal => signalOf('estimated-performance/rocAuc', letter, DAY);
const realised = (letter: string, changes: Partial<Signal> = {}): Signal => ({
  ...signalOf('realised-performance/rocAuc', letter, EARLIER),
  ...changes,
});

describe('an estimate that labels deny', () => {
  test.each(['A', 'W'])('%s is read as ok, with its figures and the reason', (letter) => {
    const [read] = settledByLabels([estimate(letter), realised('O')]);

    expect(read).toMatchObject({ status: 'ok', value: estimate(letter).value });
    expect(read?.why).toMatch(/Labels of these rows are in: realised AUC \(0\.020\) is as promised/);
  });

  test.each<[string, Signal]>([
    ['the measured figure is bad too', realised('A')],
    ['it is doubtful too', realised('W')],
    ['too few labels are in', realised('.')],
    ['it rests on few of the rows', realised('O', { sampleSize: 400 })],
    ['it speaks of older rows', realised('O', { window: { start: '2001-02-01T00:00:00Z', end: '2001-02-02T00:00:00Z' } })],
    ['it is another metric', realised('O', { subject: 'accuracy' })],
  ])('stands where %s', (_, measured) => {
    const [read] = settledByLabels([estimate('A'), measured]);

    expect(read).toEqual(estimate('A'));
  });

  test('its incident closes when the labels of its newest bad window come, though newer windows still warn', () => {
    const definition = loanDefinition();
    const opened = reportOf({ asOf: AS_OF, signals: { 'estimated-performance/rocAuc': 'AAA', 'realised-performance/rocAuc': '...' } });
    const incidents = changeIncidents({ definition, incidents: [], past: [], report: opened }).map(({ incident }) => incident);
    const labelled = reportOf({ asOf: AS_OF, signals: { 'estimated-performance/rocAuc': 'AAA', 'realised-performance/rocAuc': 'OOO' } });
    const next = reportOf({
      asOf: '2001-02-10T00:00:00Z',
      signals: { 'estimated-performance/rocAuc': 'WW', 'realised-performance/rocAuc': '..' },
    });

    const waiting = changeIncidents({ definition, incidents, past: summariesOf(opened), report: next });
    const denied = changeIncidents({ definition, incidents, past: summariesOf(labelled), report: next });

    expect(waiting.map(({ kind }) => kind)).toEqual(['update-incident']);
    expect(denied.map(({ kind }) => kind)).toEqual(['resolve-incident']);
    expect(denied[0]?.incident.resolution).toMatch(/labels of its rows have come and deny it, up to 2001-02-08/);
  });
});
