import { describe, expect, test } from 'vitest';
import { renderIncidentIssue } from '../../../bot/markdown/incident-issue/render-incident-issue.ts';
import { incidentIssueTitle } from '../../../bot/markdown/incident-issue/title.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { estimateRecord } from '../../../pipelines/core/signals/estimate-record.ts';
import { incidentOf } from '../../fakes/incident-of.ts';
import { daysUntil, loanDefinition, signalOf } from '../../fakes/policy-world.ts';

const [window] = daysUntil('2001-02-01T00:00:00Z', 1);
if (window === undefined) throw new RangeError('a day was expected');
const definition = loanDefinition();

function issueOf(name: string, parts: NonNullable<Signal['parts']>): { readonly text: string; readonly title: string } {
  if (window === undefined) throw new RangeError('a day was expected');
  const latest = { ...signalOf(name, 'A', window), parts };
  const incident: Incident = incidentOf(latest);
  const facts = {
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
  return { text: renderIncidentIssue(facts), title: incidentIssueTitle(facts) };
}

describe('the issue of a drift that was seen on a sample of rows', () => {
  test('lists the words that burst, harmless as Markdown', () => {
    const { text, title } = issueOf('vocabulary/request', [{ name: '@zara_nova', value: 8.2, reference: 0, current: 240 }]);

    expect(title).toContain('New words in request');
    expect(text).toContain('| Word | Ids in the window | Ids in the reference sample | Evidence (z) |');
    expect(text).toMatch(/\| \\@\S*zara\\_nova \| 240 \| 0 \| 8\.2 \|/);
    expect(text).toContain('Drift alone never retrains');
  });

  test('lists the columns that differ together', () => {
    const { text, title } = issueOf('multivariate-drift/all columns', [{ name: 'income', value: 0.123, reference: null, current: null }]);

    expect(title).toContain('Joint drift of all columns');
    expect(text).toMatch(/\| income \| 0\.123 \|/);
    expect(text).toContain('Drift alone never retrains');
  });
});
