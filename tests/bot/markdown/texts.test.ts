import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { renderIncidentIssue } from '../../../bot/markdown/incident-issue/render-incident-issue.ts';
import { BODY_BYTES } from '../../../bot/markdown/join-sections.ts';
import { renderRetrainingPullRequest } from '../../../bot/markdown/retraining-pull-request/render-retraining-pull-request.ts';
import type { RetrainingTextFacts } from '../../../bot/markdown/retraining-pull-request/retraining-text-facts.ts';
import { renderVerificationComment } from '../../../bot/markdown/verification-comment/render-verification-comment.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { estimateRecord } from '../../../pipelines/core/signals/estimate-record.ts';
import { incidentOf } from '../../fakes/incident-of.ts';
import { evaluationOf, LoopWorld, verdictOf } from '../../fakes/loop-world.ts';
import { aucOf, daysUntil, loanDefinition, signalOf, versionOf } from '../../fakes/policy-world.ts';

const EVIL = '<script>alert(1)</script> @octocat #1 | [x](https://evil.example)';

function driftOf(subject: string): Incident {
  const [window = { start: '', end: '' }] = daysUntil('2001-02-01T00:00:00Z', 1);
  return incidentOf({ ...signalOf('data-drift/income', 'A', window), subject, why: `${subject} drifted` });
}

const markdown = new MarkdownIt({ html: true, linkify: true }).enable('table');

describe('the incident issue', () => {
  const facts = {
    definition: loanDefinition(),
    champion: 'v1',
    performance: null,
    business: null,
    retraining: null,
    refusal: null,
    retrainings: [],
    coolingUntil: null,
    stretches: [],
    estimates: estimateRecord(loanDefinition(), { windows: [], watermark: null }),
    decision: null,
  };

  it('says what changed, whether it hurts, what is done and what to do, in this order', () => {
    const text = renderIncidentIssue({ ...facts, incident: driftOf('income') });

    const order = [
      'income drifted',
      'Since 31 Jan 2001, 3 bad windows',
      'Does it hurt?',
      'Not known yet',
      'What is being done',
      'Drift alone never retrains',
      'Ask payroll system',
      'Closes by itself',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('lets nothing of the log become markup', () => {
    const html = markdown.render(renderIncidentIssue({ ...facts, incident: driftOf(EVIL) }));

    expect(html).not.toMatch(/<script|<a |@octocat|#1\b/);
  });
});

describe('the retraining pull request', () => {
  async function factsOf(changes: Partial<RetrainingTextFacts>): Promise<RetrainingTextFacts> {
    const world = await LoopWorld.open();
    world.pass(15, { skill: 0.2 });
    const { decisions } = await world.reconcile();
    const request = decisions.find(({ kind }) => kind === 'request-retraining');
    if (request?.kind !== 'request-retraining') throw new Error('no retraining was requested');
    const none = {
      problem: null,
      failedRuns: 0,
      business: null,
      issues: [1],
      evaluation: null,
      verdict: null,
      trainingUrl: null,
      gateUrl: null,
    };
    return { definition: loanDefinition(), request, stage: 'training', ...none, ...changes };
  }

  it('says first whether it may be merged, how much better, on which rows, how sure', async () => {
    const range = { start: '2001-01-22T00:00:00Z', end: '2001-01-29T00:00:00Z' };
    const text = renderRetrainingPullRequest(
      await factsOf({ stage: 'passed', evaluation: evaluationOf('v2', range), verdict: verdictOf(versionOf('v2'), 'pass') }),
    );

    const [first, second] = text.split('\n\n');
    expect(first).toContain('The gate passed. Approving and merging makes v2 the champion');
    expect(second).toBe(
      '**Better:** AUC +0.040 against v1 (95 % interval 0.020 to 0.060), on 2,800 labelled rows of 22 Jan to 28 Jan 2001, seen in training by neither.',
    );
    expect(text).toContain('Undo: `holdfast rollback loan v1`');
  });

  it('stays within the bytes that GitHub takes, whatever is measured', async () => {
    const verdict = verdictOf(versionOf('v2'), 'fail');
    const [check] = verdict.checks;
    const many = check === undefined ? [] : Array.from({ length: 2000 }, () => ({ ...check, why: EVIL.repeat(5) }));
    const text = renderRetrainingPullRequest(await factsOf({ verdict: { ...verdict, checks: many } }));

    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(BODY_BYTES);
    expect(text).toContain('left out');
  });
});

describe('the verification', () => {
  it.each([
    ['kept', 0.7, 'The promise is kept'],
    ['broken', 0.5, 'holdfast rollback loan v1'],
  ] as const)('tells promised against observed: %s', (outcome, observed, words) => {
    const text = renderVerificationComment(
      {
        id: '0123456789abcdef',
        model: 'loan',
        at: '2001-03-01T00:00:00Z',
        because: [],
        kind: 'verify-promotion',
        version: 'v2',
        promised: aucOf(0.71),
        observed: aucOf(observed),
        outcome,
      },
      'loan',
      'v1',
    );

    expect(text).toContain(words);
    expect(text).toContain('0.710 (0.700 to 0.720, n 5,000)');
  });
});
