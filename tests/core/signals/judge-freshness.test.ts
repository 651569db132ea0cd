import { describe, expect, test } from 'vitest';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { judgeFreshness } from '../../../pipelines/core/signals/judge-freshness.ts';
import { reportOf } from '../../fakes/policy-world.ts';
import { definitionWith, MONDAY, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const definition = definitionWith();
const everyDay = ordinaryReference(definition);
const workdays = ordinaryReference(
  definition,
  1000,
  Array.from({ length: 14 }, (_, day) => ordinaryDay({ rows: day % 7 < 5 ? 300 : 0, seed: day, day: day - 14 })),
);

function judged(hours: number, reference = everyDay, watermark = MONDAY): Signal {
  return Signal.parse(judgeFreshness({ definition, reference, watermark, asOf: addSeconds(watermark, hours * HOUR) }));
}

describe('freshness of the log', () => {
  test.each([
    [1, 'ok', 0],
    [47, 'ok', 0],
    [49, 'alert', 1],
    [100, 'alert', 3],
  ])('%i hours after the last complete day: %s', (hours, status, windows) => {
    expect(judged(hours)).toMatchObject({ status, value: windows });
  });

  test('a weekend without rows is usual, the Monday after it is due', () => {
    const friday = addSeconds(MONDAY, 5 * DAY);

    expect(judged(71, workdays, friday).status).toBe('ok');
    expect(judged(3 * 24 + 25, workdays, friday)).toMatchObject({ status: 'alert', value: 1 });
    expect(judged(71, everyDay, friday)).toMatchObject({ status: 'alert', value: 1 });
  });

  test('a log of weekly windows is overdue half a week after the end of a window, one of quarters after a week', () => {
    const at = (window: 'P7D' | 'P91D', days: number) => {
      const long = definitionWith({ monitoring: { window } });
      return judgeFreshness({ definition: long, reference: everyDay, watermark: MONDAY, asOf: addSeconds(MONDAY, days * DAY) });
    };

    expect(at('P7D', 10).status).toBe('ok');
    expect(at('P7D', 11)).toMatchObject({ status: 'alert', value: 1 });
    expect(at('P7D', 14)).toMatchObject({ status: 'alert', value: 1 });
    expect(at('P91D', 97).status).toBe('ok');
    expect(at('P91D', 99)).toMatchObject({ status: 'alert', value: 1 });
  });

  test('waits for the stated lateness', () => {
    const late = definitionWith({ logs: { ...definition.logs, lateness: 'P1D' } });
    const asOf = addSeconds(MONDAY, 49 * HOUR);

    expect(judgeFreshness({ definition: late, reference: everyDay, watermark: MONDAY, asOf }).status).toBe('ok');
  });
});

describe('the incident of a log that ended', () => {
  const steps = (incidents: readonly Incident[], hours: number, signals = {}) => {
    const freshness = { ...judged(hours) };
    const report = { ...reportOf({ asOf: addSeconds(MONDAY, hours * HOUR), champion: 'v1', signals }), freshness };
    return changeIncidents({ definition, incidents, past: [], report });
  };

  test('opens at once, counts a window once however often it is looked at, and closes after healthy windows', () => {
    const [opened] = steps([], 49);
    const incident = opened?.incident as Incident;
    const again = steps([incident], 60);
    const [later] = steps([incident], 75);
    const back = steps([incident], 1, { 'volume/prediction-log': 'OOO' });

    expect(opened).toMatchObject({ kind: 'open-incident', incident: { kind: 'freshness', severity: 'high', badWindows: 1 } });
    expect(again).toEqual([]);
    expect(later).toMatchObject({ kind: 'update-incident', incident: { badWindows: 2 } });
    expect(back).toMatchObject([{ kind: 'resolve-incident', incident: { status: 'resolved' } }]);
  });
});
