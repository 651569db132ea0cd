import { describe, expect, test } from 'vitest';
import type { IncidentFacts } from '../../../bot/markdown/incident-issue/incident-facts.ts';
import { renderIncidentIssue } from '../../../bot/markdown/incident-issue/render-incident-issue.ts';
import { incidentIssueTitle } from '../../../bot/markdown/incident-issue/title.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { estimateRecord } from '../../../pipelines/core/signals/estimate-record.ts';
import { estimatedDays } from '../../fakes/estimated-windows.ts';
import { incidentOf } from '../../fakes/incident-of.ts';
import { daysUntil, loanDefinition, signalOf } from '../../fakes/policy-world.ts';

const definition = loanDefinition({ monitoring: { performanceWindows: 1 } });
const [before, window] = daysUntil('2001-02-01T00:00:00Z', 2);
if (before === undefined || window === undefined) throw new RangeError('two days were expected');
const latest = { ...signalOf('estimated-performance/rocAuc', 'A', window), why: 'Estimate without labels: AUC is probably 0.640.' };

const incident: Incident = incidentOf(latest, { severity: 'medium' });

const facts: IncidentFacts = {
  definition,
  incident,
  champion: 'v1',
  performance: null,
  business: null,
  retraining: null,
  refusal: null,
  retrainings: [],
  coolingUntil: null,
  stretches: [],
  estimates: estimateRecord(definition, { windows: [], watermark: null }),
  decision: null,
};

const days = (realised: number) =>
  estimateRecord(definition, { windows: estimatedDays('2001-01-20T00:00:00Z', new Array(8).fill({ realised })), watermark: window.end });

describe('the issue of an estimated drop', () => {
  test('says what an estimate is, what it assumes, when labels decide, and what to do', () => {
    const text = renderIncidentIssue(facts).replaceAll('\\', '');

    expect(incidentIssueTitle(facts)).toBe('loan: Estimated AUC');
    for (const words of [
      'Estimate without labels: AUC is probably 0.640.',
      '### What this estimate is',
      'Nobody has measured this',
      'no concept drift',
      'The labels of the newest of these rows are due by 2 Feb 2001',
      'No estimate could be checked yet',
      'An estimate asks for a retraining only while too few labels are in',
      'Label a sample of these rows',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('**Yes**');
  });

  test('tells how such estimates fared, and that one that cried wolf asks for nothing', () => {
    expect(renderIncidentIssue({ ...facts, estimates: days(0.7) })).toContain('held the realised AUC in 8 of 8 windows');
    expect(renderIncidentIssue({ ...facts, estimates: days(0.8) })).toContain('made up harm, so this one asks for nothing');
  });

  test('takes no measurement of older rows for one of these', () => {
    const performance = signalOf('realised-performance/rocAuc', 'O', before);

    const text = renderIncidentIssue({ ...facts, performance });

    expect(text).toContain('**Not known yet**: these rows are estimated. The newest that could be measured: realised AUC');
  });

  test('other incidents have no such section', () => {
    const drift = { ...signalOf('data-drift/income', 'A', window) };

    expect(
      renderIncidentIssue({ ...facts, incident: { ...incident, kind: 'data-drift', subject: 'income', latest: drift, worst: drift } }),
    ).not.toContain('What this estimate is');
  });
});
