import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatherLegacy } from '../../../pipelines/core/decisions/gather-legacy.ts';
import { changeIncidents, type IncidentChange } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import { reduceState } from '../../../pipelines/core/decisions/reduce-state.ts';
import { type Incident, membersOf } from '../../../pipelines/core/schema/incident.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import type { DriftImpact } from '../../../pipelines/core/schema/signal.ts';
import { loanDefinition, reportOf, summariesOf, watchedState } from '../../fakes/policy-world.ts';

const START = '2001-02-01T00:00:00Z';
const DAY = 86_400;

interface Played {
  readonly state: ModelState;
  readonly changes: readonly (readonly string[])[];
}

/** Replays letters by statement in runs of so many windows, from a state. */
function play(signals: Readonly<Record<string, string>>, lengths: readonly number[], from: ModelState = watchedState()): Played {
  let [state, done] = [from, 0];
  const changes: string[][] = [];
  for (const length of lengths) {
    const part = Object.fromEntries(Object.entries(signals).map(([name, text]) => [name, text.slice(done, done + length)]));
    if (Object.values(part).every((text) => text === '')) continue;
    done += Math.max(...Object.values(part).map((text) => text.length));
    const report = reportOf({ asOf: addSeconds(from.watermark ?? START, done * DAY), signals: part });
    const made = changeIncidents({ definition: loanDefinition(), incidents: state.incidents, past: state.windows, report });
    changes.push(made.map(({ kind, incident }) => `${kind} ${incident.kind}/${incident.subject}`));
    state = { ...reduceState(state, { report, summaries: summariesOf(report), decisions: made.map(decisionOf), asOf: report.asOf }) };
  }
  return { state: ModelState.parse(state), changes };
}

function decisionOf({ kind, incident }: IncidentChange, index: number) {
  const because = [{ kind: 'policy' as const, ref: 'monitoring', window: null, text: 'planted' }];
  return {
    id: `${incident.updatedAt.replace(/\D/g, '').slice(0, 12)}${index}000`.slice(0, 16).padEnd(16, '0'),
    model: 'loan',
    at: incident.updatedAt,
    because,
    kind,
    incident,
  };
}

const names = (incident: Incident | undefined) =>
  incident === undefined ? [] : membersOf(incident).map(({ kind, subject, status }) => `${kind}/${subject} ${status}`);

describe('incidents that gather what has one cause', () => {
  test('columns that move one after another are one incident: opened once, updated as they join, closed when all have recovered', () => {
    const { state, changes } = play(
      { 'data-drift/income': 'AAAAAAOOOOOO', 'data-drift/purpose': 'OOAAAAAAAOOO', 'prediction-drift/score': 'OOOOOOOOOOOO' },
      [3, 2, 4, 3],
    );

    expect(changes).toEqual([
      ['open-incident data-drift/income'],
      ['update-incident data-drift/income'],
      ['update-incident data-drift/purpose'],
      ['resolve-incident data-drift/income'],
    ]);
    expect(state.incidents.map(({ status, badWindows }) => ({ status, badWindows }))).toEqual([{ status: 'resolved', badWindows: 9 }]);
    expect(names(state.incidents[0])).toEqual(['data-drift/income recovered', 'data-drift/purpose recovered']);
  });

  test('it stays open while one member is bad, and says how far the slowest has recovered', () => {
    const { state } = play({ 'data-drift/income': 'AAAOOOOO', 'vocabulary/purpose': 'AAAAAAAO' }, [8]);

    const [incident] = state.incidents;

    expect(incident).toMatchObject({ status: 'open', healthyWindows: 1, kind: 'vocabulary', subject: 'purpose' });
    expect(names(incident)).toEqual(['vocabulary/purpose bad', 'data-drift/income recovered']);
  });

  test('values outside an open vocabulary are drift; outside a declared one they are a breach of their own', () => {
    const signals = { 'data-drift/income': 'AAA', 'unseen-values/purpose': 'AAA' };
    const declared = loanDefinition({
      columns: [
        { name: 'income', kind: 'numeric' },
        { name: 'purpose', kind: 'categorical', values: ['car'] },
      ],
    });
    const report = reportOf({ asOf: START, signals });

    const open = changeIncidents({ definition: loanDefinition(), incidents: [], past: [], report });
    const closed = changeIncidents({ definition: declared, incidents: [], past: [], report });

    expect(open.map(({ incident }) => membersOf(incident).length)).toEqual([2]);
    expect(closed.map(({ incident }) => membersOf(incident).length)).toEqual([1, 1]);
  });

  test('harm stands alone, and so does what concerns the whole log', () => {
    const { state } = play(
      { 'realised-performance/rocAuc': 'AAA', 'volume/predictions': 'AAA', 'data-drift/income': 'AAA', 'fairness/purpose': 'AAA' },
      [3],
    );

    expect(state.incidents.map(({ kind }) => kind).sort()).toEqual(['data-drift', 'fairness', 'realised-performance', 'volume']);
  });

  test('breaches that begin in the same window at the same upstream are one incident; a later fault is another', () => {
    const columns = ['a', 'b', 'c'].map((name) => ({ name, kind: 'numeric' as const, source: 'payroll' }));
    const definition = loanDefinition({ columns: [...columns, { name: 'd', kind: 'numeric', source: 'weather feed' }] });
    const signals = { 'missing-values/a': 'AAAA', 'unit-slip/b': 'AAAA', 'missing-values/c': 'OAAA', 'missing-values/d': 'AAAA' };

    const changes = changeIncidents({ definition, incidents: [], past: [], report: reportOf({ asOf: START, signals }) });

    const gathered = changes.map(({ incident }) => names(incident).sort());
    expect(gathered.sort()).toEqual([['missing-values/a bad', 'unit-slip/b bad'], ['missing-values/c bad'], ['missing-values/d bad']]);
    expect(changes.find(({ incident }) => incident.members !== undefined)?.incident.severity).toBe('high');
  });

  test('a relapse of any member within the cooldown opens the same incident again; the id and the key are the same in every replay', () => {
    const signals = { 'data-drift/income': 'AAAOOOOOOOOO', 'data-drift/purpose': 'OOOOOOOOOAAA' };

    const [once, twice] = [play(signals, [12]), play(signals, [3, 6, 3])];

    expect(twice.state.incidents).toHaveLength(1);
    expect(twice.changes[2]).toEqual(['open-incident data-drift/purpose']);
    expect(once.state.incidents.map(({ id, key }) => ({ id, key }))).toEqual(twice.state.incidents.map(({ id, key }) => ({ id, key })));
  });

  test('a statement that is bad again long after, while others go on, is listed twice', () => {
    const { state } = play({ 'data-drift/income': 'A'.repeat(24), 'vocabulary/purpose': `AAA${'O'.repeat(18)}AAA` }, [24]);

    expect(names(state.incidents[0]).sort()).toEqual(['data-drift/income bad', 'vocabulary/purpose bad', 'vocabulary/purpose recovered']);
  });

  test('members are ordered by what they explain of the drop; the first stands for the incident', () => {
    const report = reportOf({
      asOf: START,
      signals: { 'data-drift/income': 'AAA', 'data-drift/purpose': 'AAA', 'multivariate-drift/all columns': 'AAA' },
    });
    const impact: DriftImpact = { rank: 1, importance: 0.1, lossChange: 0.1, shareOfDrop: 0.7 };
    const windows = report.windows.map((one) => ({
      ...one,
      signals: one.signals.map((signal) => (signal.subject === 'purpose' ? { ...signal, impact } : signal)),
    }));

    const [change] = changeIncidents({ definition: loanDefinition(), incidents: [], past: [], report: { ...report, windows } });

    expect(change?.incident).toMatchObject({ kind: 'data-drift', subject: 'purpose' });
  });

  test('incidents of an older version are gathered once; a muted one stays a judgement about its own column', () => {
    const report = reportOf({ asOf: addSeconds(START, 3 * DAY), signals: { 'data-drift/income': 'AAA' } });
    const [one] = changeIncidents({ definition: loanDefinition(), incidents: [], past: [], report }).map(({ incident }) => incident);
    if (one === undefined) throw new Error('nothing was opened');
    const old = (subject: string, changes: Partial<Incident>): Incident => ({ ...one, subject, key: subject, id: subject, ...changes });
    const before = [
      old('income', { openedAt: '2001-02-02T00:00:00Z' }),
      old('purpose', { openedAt: '2001-02-01T00:00:00Z', severity: 'medium', badWindows: 9 }),
      old('grade', { status: 'muted' }),
    ];

    const once = gatherLegacy(before, loanDefinition(), report.asOf);

    expect(once.map(({ id, status, gatheredInto }) => [id, status, gatheredInto])).toEqual([
      ['income', 'resolved', 'purpose'],
      ['purpose', 'open', undefined],
      ['grade', 'muted', undefined],
    ]);
    expect(once[1]).toMatchObject({ severity: 'medium', badWindows: 9, openedAt: '2001-02-01T00:00:00Z' });
    expect(gatherLegacy(once, loanDefinition(), report.asOf)).toEqual(once);
  });

  test('property: how windows are spread over runs does not matter', () => {
    const letters = fc.string({ unit: fc.constantFrom('A', 'A', 'W', 'O', 'O', '.'), minLength: 20, maxLength: 20 });
    const whole = (incidents: readonly Incident[]) =>
      incidents
        .toSorted((x, y) => (x.id < y.id ? -1 : 1))
        .map(({ openedAt: _o, updatedAt: _u, resolvedAt: _r, news: _n, members, ...rest }) => ({
          ...rest,
          members: members?.map(({ openedAt: _a, resolvedAt: _b, ...member }) => member),
        }));
    fc.assert(
      fc.property(
        letters,
        letters,
        letters,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 20, maxLength: 20 }),
        (a, b, c, lengths) => {
          const signals = { 'data-drift/income': a, 'data-drift/purpose': b, 'unit-slip/income': c, 'missing-values/income': b };

          expect(whole(play(signals, lengths).state.incidents)).toEqual(
            whole(
              play(
                signals,
                Array.from(a, () => 1),
              ).state.incidents,
            ),
          );
        },
      ),
      { numRuns: 12 },
    );
  });
});
