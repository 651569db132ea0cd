import { expect, test } from 'vitest';
import { groundTruth } from '../../../../bot/simulator/voice-search/ground-truth.ts';
import { phraseDetections, scoreDetections } from '../../../../bot/simulator/voice-search/score-detections.ts';
import type { Decision } from '../../../../pipelines/core/schema/decision.ts';
import { type Incident, membersOf } from '../../../../pipelines/core/schema/incident.ts';
import { addSeconds } from '../../../../pipelines/core/schema/instant.ts';
import type { SignalKind } from '../../../../pipelines/core/schema/signal.ts';
import { incidentOf } from '../../../fakes/incident-of.ts';
import { signalOf } from '../../../fakes/policy-world.ts';

const TRUTH = groundTruth();

function incident(kind: SignalKind, subject: string, start: string): Incident {
  return incidentOf(signalOf(`${kind}/${subject}`, 'A', { start, end: addSeconds(start, 86_400) }), { model: 'voice-search' });
}

function request(at: string): Decision {
  return { kind: 'request-retraining', at } as Decision;
}

test('counts the days until an event is seen, and whether a retraining was asked for', () => {
  const incidents = [
    incident('vocabulary', 'transcript', '2025-03-14T00:00:00Z'),
    incident('realised-performance', 'accuracy', '2025-03-20T00:00:00Z'),
  ];

  const { events, falseAlarms, needlessRetrainings } = scoreDetections(TRUTH, { incidents, decisions: [request('2025-03-24T00:00:00Z')] });

  const names = events.find(({ event }) => event.name === 'new names');
  expect(names).toMatchObject({ delayDays: 4, retrainings: ['2025-03-24T00:00:00Z'] });
  expect(falseAlarms).toEqual([]);
  expect(needlessRetrainings).toEqual([]);
});

test('takes no drop of performance for the sight of a broken upstream', () => {
  const { events } = scoreDetections(TRUTH, {
    incidents: [incident('realised-performance', 'accuracy', '2025-04-08T00:00:00Z')],
    decisions: [],
  });

  const broken = events.find(({ event }) => event.name === 'broken upstream');
  expect(broken).toMatchObject({ delayDays: null });
  expect(broken?.incidents).toHaveLength(1);
});

test('calls an incident false when nothing was going on, and a retraining needless when nothing harmful was', () => {
  const incidents = [incident('data-drift', 'device', '2025-02-16T00:00:00Z')];

  const score = scoreDetections(TRUTH, { incidents, decisions: [request('2025-02-20T00:00:00Z')] });

  expect(score.falseAlarms).toHaveLength(1);
  expect(score.needlessRetrainings).toEqual(['2025-02-20T00:00:00Z']);
  expect(phraseDetections(score)).toContain('  incidents while nothing happened: data-drift of device from 2025-02-16');
});

test('does not blame a season that is over', () => {
  const { events } = scoreDetections(TRUTH, { incidents: [incident('vocabulary', 'transcript', '2025-03-17T00:00:00Z')], decisions: [] });

  const [season, names] = events;
  expect(season?.incidents).toEqual([]);
  expect(names?.incidents).toHaveLength(1);
});

test('looks at what one incident gathers: each member was seen, or false, by its own first window', () => {
  const [words, early, wrong] = [
    incident('vocabulary', 'transcript', '2025-03-14T00:00:00Z'),
    incident('data-drift', 'accent', '2025-04-30T00:00:00Z'),
    incident('data-drift', 'device', '2025-02-16T00:00:00Z'),
  ];
  const gathered: Incident = { ...words, members: [words, early, wrong].flatMap(membersOf) };

  const score = scoreDetections(TRUTH, { incidents: [gathered], decisions: [] });

  const seen = score.events.filter(({ delayDays }) => delayDays !== null).map(({ event, delayDays }) => [event.name, delayDays]);
  expect(seen).toEqual([
    ['new names', 4],
    ['accent growth', 2],
  ]);
  expect(score.falseAlarms.map(({ subject }) => subject)).toEqual(['device']);
  expect(phraseDetections(score).join('\n')).toMatch(/accent growth \(harm\): seen from day 3; no retraining; data-drift of accent$/m);
});
