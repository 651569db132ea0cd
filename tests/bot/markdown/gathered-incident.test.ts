import { describe, expect, it } from 'vitest';
import type { IncidentFacts } from '../../../bot/markdown/incident-issue/incident-facts.ts';
import { renderIncidentIssue } from '../../../bot/markdown/incident-issue/render-incident-issue.ts';
import { incidentIssueTitle } from '../../../bot/markdown/incident-issue/title.ts';
import { renderNewsComment } from '../../../bot/markdown/news-comment/render-news-comment.ts';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { estimateRecord } from '../../../pipelines/core/signals/estimate-record.ts';
import { incidentSentence } from '../../../pipelines/core/views/incident-title.ts';
import { loanDefinition, reportOf, watchedState } from '../../fakes/policy-world.ts';

const NOW = '2001-02-08T00:00:00Z';
const definition = loanDefinition();

/** Income explains seven tenths of the drop and purpose the rest; the scores moved too, and are back. */
function opened(): readonly Incident[] {
  const signals = {
    'data-drift/purpose': 'AAAAAA',
    'data-drift/income': 'AAAAAA',
    'prediction-drift/score': 'AAAOOO',
    'realised-performance/rocAuc': 'AAAAAA',
  };
  const report = reportOf({ asOf: NOW, signals });
  const shares: Readonly<Record<string, number>> = { income: 0.7, purpose: 0.3 };
  const windows = report.windows.map((one) => ({
    ...one,
    signals: one.signals.map((signal) => {
      const shareOfDrop = shares[signal.subject];
      return shareOfDrop === undefined
        ? signal
        : { ...signal, impact: { rank: shareOfDrop > 0.5 ? 1 : 2, importance: 0.1, lossChange: 0.02, shareOfDrop } };
    }),
  }));
  return changeIncidents({ definition, incidents: [], past: [], report: { ...report, windows } }).map(({ incident }) => incident);
}

function of(kind: 'drift' | 'harm'): Incident {
  const found = opened().find(({ members }) => (members !== undefined) === (kind === 'drift'));
  if (found === undefined) throw new Error(`no incident of ${kind}`);
  return found;
}

function facts(incident: Incident, changes: Partial<IncidentFacts> = {}): IncidentFacts {
  const nothing = { performance: null, business: null, retraining: null, refusal: null, coolingUntil: null, decision: null };
  const stretches = [{ from: incident.openedAt, until: null, resolution: null }];
  return {
    definition,
    incident,
    champion: 'v1',
    retrainings: [],
    stretches,
    estimates: estimateRecord(definition, watchedState()),
    now: NOW,
    ...nothing,
    ...changes,
  };
}

describe('the issue of moved inputs', () => {
  it('names no column in its title, and lists all of them by what they explain of the drop', () => {
    const incident = of('drift');

    const text = renderIncidentIssue(facts(incident));

    expect(incidentIssueTitle({ incident })).toBe('loan: Inputs have moved');
    const rows = text.split('\n').filter((line) => line.startsWith('| Drift'));
    expect(
      rows.map((row) => row.split('|').map((cell) => cell.trim())).map(([, name, , , , share, status]) => [name, share, status]),
    ).toEqual([
      ['Drift of income', '70 %', 'alert'],
      ['Drift of purpose', '30 %', 'alert'],
      ['Drift of the predictions', '–', 'recovered'],
    ]);
    expect(incidentSentence(incident)).toMatch(/^Moved together: drift of income, drift of purpose \(1 other recovered\)\. Weighs most: /);
    expect(text).toContain(
      'Ask payroll system (the source of income) and credit team (model.yml names no source of purpose) whether the change is meant to last',
    );
  });

  it('points at the issue of the harm while there is some; the harm lists what moved as its likely cause', () => {
    const [drift, harm] = [of('drift'), of('harm')];

    const [quiet, loud] = [
      renderIncidentIssue(facts(drift, { harm: [{ incident: harm, number: 7 }] })),
      renderIncidentIssue(facts(harm, { causes: [{ incident: drift, number: null }] })),
    ];

    expect(quiet).toContain('What is done about it stands in #7.');
    expect(loud).toMatch(/### Likely causes\n\n\*\*Inputs have moved, since 2 Feb 2001: [\s\S]*\| Drift of income \|/);
    expect(renderIncidentIssue(facts(harm))).not.toContain('Likely causes');
  });

  it('says at the top who took note and until when it is left alone; a snooze that is over is not told', () => {
    const noted = { ...of('drift'), acknowledged: { by: 'ann', at: NOW }, snoozedUntil: '2001-02-12T00:00:00Z' };

    const [during, after] = [renderIncidentIssue(facts(noted)), renderIncidentIssue(facts(noted, { now: '2001-02-12T00:00:00Z' }))];

    expect(during).toMatch(/^✔ Acknowledged by ann on 8 Feb 2001[\s\S]*⏸ Snoozed until 12 Feb 2001[\s\S]*\*\*Moved together/);
    expect(after).not.toContain('Snoozed');
  });

  it('tells news in one comment: what rose, what joined with its figure, how it stands', () => {
    const news = { at: NOW, roseFrom: 'low' as const, joined: [{ kind: 'data-drift' as const, subject: 'purpose' }] };

    const text = renderNewsComment({ ...of('drift'), severity: 'medium', news });

    expect(text).toMatch(/^Severity rose from low to \*\*medium\*\*\.\n\nJoined since:\n\n- Drift of purpose: 0\.300 \(n 1,000\)\./);
    expect(renderNewsComment(of('drift'))).toBe('');
  });

  it('is short where a reader looks: the first screen says what, since when, and whether it hurts', () => {
    const lines = renderIncidentIssue(facts(of('drift'))).split('\n');

    expect(lines.findIndex((line) => line.startsWith('### Does it hurt'))).toBeLessThan(15);
  });
});
