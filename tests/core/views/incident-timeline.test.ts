import { describe, expect, test } from 'vitest';
import { Deployment } from '../../../pipelines/core/schema/deployment.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { incidentStretches, secondsOpen } from '../../../pipelines/core/views/incident-stretches.ts';
import { incidentViews } from '../../../pipelines/core/views/incident-view.ts';
import type { SiteSource } from '../../../pipelines/core/views/site-source.ts';
import { fixtureFiles } from '../../dashboard/fixture.ts';
import { auditEvents, FIRST, NOW, parcelState, V3 } from '../../dashboard/fixture-state.ts';
import { gateVerdict } from '../../dashboard/fixture-version.ts';

const DAY = 86_400;
const day = (number: number) => addSeconds(FIRST, number * DAY);

/** The open incident of the fixture (from day 115) with a recovery on day 120 and a relapse on day 125. */
function relapsed(): ModelState {
  const state = parcelState();
  const incident = state.incidents.find(({ kind, resolvedAt }) => kind === 'realised-performance' && resolvedAt === null);
  if (incident === undefined) throw new Error('the fixture has an open incident of the results');
  const base = { model: state.model, because: [{ kind: 'policy' as const, ref: 'x', window: null, text: 'planted' }] };
  const over = { ...incident, status: 'resolved' as const, resolvedAt: day(120), resolution: '3 healthy windows in a row.' };
  const decisions = [
    ...state.decisions,
    { ...base, kind: 'resolve-incident' as const, id: 'a'.repeat(16), at: day(120), incident: over },
    { ...base, kind: 'open-incident' as const, id: 'b'.repeat(16), at: day(125), incident },
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  return { ...state, decisions };
}

function viewOf(state: ModelState) {
  const deployment = Deployment.parse({ schemaVersion: 1, model: 'parcel-late', production: 'v2', fallback: 'v1' });
  const definition = ModelDefinition.parse(JSON.parse(fixtureFiles()['models/parcel-late/model.yml'] ?? ''));
  const model = { definition, deployment, state, versions: [] };
  const site: SiteSource = {
    models: [model],
    verdicts: [gateVerdict(V3, 'fail')],
    evaluations: {},
    events: auditEvents(),
    repositoryUrl: 'https://github.example/acme/models',
    builtAt: NOW,
    clock: 'wall',
  };
  const view = incidentViews(model, site).find(({ number }) => number === 4);
  if (view === undefined) throw new Error('the fixture has incident #4');
  return view;
}

describe('an incident that recovered and came back', () => {
  test('its timeline shows the opening, the refusal, the recovery and the reopening, in order', () => {
    const told = viewOf(relapsed()).timeline.map(({ at, what }) => [at, what]);

    expect(told.slice(1, 7)).toEqual([
      [day(115), 'Detected and opened after 3 bad windows'],
      [day(118), 'Retraining of v3 proposed'],
      [day(119), expect.stringMatching(/^v3 was not promoted: /)],
      [day(120), '3 healthy windows in a row.'],
      [day(125), 'Came back: opened again'],
      [day(128), expect.stringMatching(/^Retraining not proposed: /)],
    ]);
  });

  test('counts only the days on which it was open', () => {
    const view = viewOf(relapsed());

    expect(view.openFor).toBe('20 days');
    expect(view.stretches).toEqual([
      { from: day(115), until: day(120), resolution: '3 healthy windows in a row.' },
      { from: day(125), until: null, resolution: null },
    ]);
  });
});

describe('stretches', () => {
  const [incident] = parcelState().incidents;
  if (incident === undefined) throw new Error('the fixture has incidents');

  test('an incident whose decisions the state forgot lasted from its opening to its end', () => {
    const stretches = incidentStretches(incident, []);

    expect(stretches).toEqual([{ from: incident.openedAt, until: incident.resolvedAt, resolution: incident.resolution }]);
    expect(secondsOpen(stretches, NOW)).toBe(19 * DAY);
  });

  test('decisions about another incident do not count', () => {
    const ongoing = { ...incident, resolvedAt: null, status: 'open' as const };
    const other = { ...incident, id: 'f'.repeat(16) };
    const ended = { kind: 'resolve-incident' as const, id: 'c'.repeat(16), model: 'x', at: day(60), because: [], incident: other };

    expect(incidentStretches(ongoing, [ended])).toHaveLength(1);
    expect(incidentStretches(ongoing, [ended])[0]?.until).toBeNull();
  });
});
