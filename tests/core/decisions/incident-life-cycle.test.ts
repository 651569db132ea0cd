import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../pipelines/core/decisions/decide.ts';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import { reduceState } from '../../../pipelines/core/decisions/reduce-state.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { loanDefinition, referenceOf, reportOf, summariesOf, versionOf, watchedState } from '../../fakes/policy-world.ts';

const NAME = 'data-drift/income';
const START = '2001-02-01T00:00:00Z';
const letters = fc.string({ unit: fc.constantFrom('A', 'A', 'W', 'O', 'O', '.'), minLength: 1, maxLength: 40 });

/** Replays letters in runs of the given lengths; returns the state at the end. */
function replay(text: string, lengths: readonly number[]): ModelState {
  let state = watchedState();
  let done = 0;
  for (const length of lengths) {
    const part = text.slice(done, done + length);
    if (part === '') continue;
    done += part.length;
    const report = reportOf({ asOf: addSeconds(START, done * 86_400), newLabels: 0, signals: { [NAME]: part } });
    const decisions = decide({
      definition: loanDefinition(),
      state,
      report,
      deployment: { schemaVersion: 1, model: 'loan', production: 'v1', fallback: null },
      reference: referenceOf('v1', 0.7),
      championVersion: versionOf('v1'),
      nextVersion: 'v2',
      historyStart: START,
      labelledUntil: report.asOf,
    });
    state = reduceState(state, { report, summaries: summariesOf(report), decisions, asOf: report.asOf });
  }
  return state;
}

const ones = (text: string): number[] => Array.from(text, () => 1);
const episodes = (state: ModelState) =>
  state.incidents.map(({ id, status, badWindows, healthyWindows, firstWindow, lastWindow, worst, latest }: Incident) => ({
    id,
    status,
    badWindows,
    healthyWindows,
    firstWindow,
    lastWindow,
    worst: worst.id,
    latest: latest.id,
  }));

describe('life cycle of incidents', () => {
  test('openAfter alerts in a row open one; the episode begins with the first of them', () => {
    const state = replay('OAAA', [4]);

    const [incident] = state.incidents;

    expect(state.incidents).toHaveLength(1);
    expect(incident?.firstWindow.start).toBe('2001-02-02T00:00:00Z');
    expect(incident?.badWindows).toBe(3);
    expect(incident?.severity).toBe('low');
  });

  test.each(['AAOAA', 'AAWAA', 'AA', 'A.A.', '....'])('%s opens nothing', (text) => {
    expect(replay(text, ones(text)).incidents).toEqual([]);
  });

  test('windows without data neither break a row of alerts nor heal', () => {
    const opened = replay('A.A.A', [5]);
    const waiting = replay('AAA....', [7]);

    expect(opened.incidents.map(({ status }) => status)).toEqual(['open']);
    expect(waiting.incidents.map(({ status, healthyWindows }) => ({ status, healthyWindows }))).toEqual([
      { status: 'open', healthyWindows: 0 },
    ]);
  });

  test('the key holds no date and the id does', () => {
    const early = replay('AAA', [3]).incidents[0];
    const late = replay('OOAAA', [5]).incidents[0];

    expect(early?.key).toBe(late?.key);
    expect(early?.id).not.toBe(late?.id);
  });

  test('a relapse within the cooldown continues the episode, a later one begins another', () => {
    const soon = replay('AAAOOOAAA', ones('AAAOOOAAA'));
    const later = `AAA${'O'.repeat(17)}AAA`;
    const apart = replay(later, ones(later));

    expect(soon.incidents.map(({ status, badWindows }) => ({ status, badWindows }))).toEqual([{ status: 'open', badWindows: 6 }]);
    expect(apart.incidents.map(({ status }) => status)).toEqual(['resolved', 'open']);
  });

  test('signals of another champion do not count towards a row', () => {
    const past = summariesOf(reportOf({ asOf: '2001-02-03T00:00:00Z', champion: 'v1', signals: { [NAME]: 'AA' } }));
    const report = reportOf({ asOf: '2001-02-04T00:00:00Z', champion: 'v2', signals: { [NAME]: 'A' } });

    const changes = changeIncidents({ definition: loanDefinition(), incidents: [], past, report });

    expect(changes).toEqual([]);
  });

  test('property: how windows are spread over runs does not matter', () => {
    fc.assert(
      fc.property(letters, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }), (text, lengths) => {
        expect(episodes(replay(text, lengths))).toEqual(episodes(replay(text, ones(text))));
      }),
    );
  });

  test('property: losing data opens nothing that full data left closed, and closes nothing that full data left open', () => {
    fc.assert(
      fc.property(letters, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (text, lost) => {
        const withoutAlerts = Array.from(text, (letter, index) => (letter === 'A' && lost[index] ? '.' : letter)).join('');
        const withoutHealth = Array.from(text, (letter, index) => (letter === 'O' && lost[index] ? '.' : letter)).join('');

        if (replay(text, [40]).incidents.length === 0) expect(replay(withoutAlerts, [40]).incidents).toEqual([]);
        const isOpen = (state: ModelState) => state.incidents.some(({ status }) => status !== 'resolved');
        if (isOpen(replay(text, [40]))) expect(isOpen(replay(withoutHealth, [40]))).toBe(true);
      }),
    );
  });

  test('property: the order in which signals stand in a window does not matter', () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 3, maxLength: 3 }), (texts) => {
        const padded = texts.map((text) => text.padEnd(40, '.'));
        const names = ['data-drift/income', 'data-drift/purpose', 'volume/rows'];
        const of = (order: readonly number[]) =>
          changeIncidents({
            definition: loanDefinition(),
            incidents: [],
            past: [],
            report: reportOf({ asOf: START, signals: Object.fromEntries(order.map((at) => [names[at] ?? '', padded[at] ?? ''])) }),
          });

        expect(of([2, 0, 1])).toEqual(of([0, 1, 2]));
      }),
    );
  });
});
