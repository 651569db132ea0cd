import { describe, expect, test } from 'vitest';
import { fairness } from '../../../bot/markdown/retraining-pull-request/parts.ts';
import type { RetrainingTextFacts } from '../../../bot/markdown/retraining-pull-request/retraining-text-facts.ts';
import { fairnessReport } from '../../../pipelines/core/evaluation/fairness-report.ts';
import { groupLines } from '../../../pipelines/core/registry/card-parts.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { groupLimitLines } from '../../../pipelines/core/views/group-limits.ts';
import { attributeTables } from '../../../pipelines/core/views/part-table.ts';
import { goodReport } from '../../fakes/gate-cases.ts';
import { groupedDefinition, groupedRows } from '../../fakes/grouped-rows.ts';

function textsOf(definition: ModelDefinition) {
  const task = definition.task === 'regression' ? 'regression' : 'multiclass';
  const [challenger, champion] = [groupedRows(task), groupedRows(task, { evenly: true })];
  const evaluation = { ...goodReport(), fairness: fairnessReport({ definition, rows: challenger, challenger, champion, seed: 1 }) };
  const [table] = attributeTables(evaluation);
  // The section reads the evaluation and nothing else.
  return { table, card: groupLines(evaluation), pull: fairness({ evaluation } as RetrainingTextFacts) };
}

describe('the groups of a multiclass model', () => {
  test('are told by right calls and confidence, on pages, in pull requests and on the model card', () => {
    const { table, card, pull } = textsOf(groupedDefinition('multiclass'));

    expect(table?.titles).toEqual(['right less confidence', 'wrong calls']);
    expect(table?.groups.map(({ name, figures }) => [name, figures.length])).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 2],
    ]);
    expect(pull).toContain('| group | rows | right less confidence | wrong calls | more than the champion |');
    expect(pull).toMatch(/\| accuracy difference \| .* \| 0\.187 \(0\.109 to 0\.278\) \| c, a \| 0\.1\d{3}/);
    expect(card).toContainEqual(expect.stringMatching(/^group: accuracy difference 0\.187 .*, lowest c, highest a$/));
  });

  test('with favourable classes say which classes those are', () => {
    const { table, card } = textsOf(groupedDefinition('multiclass', { favourable: ['accept', 'review'] }));

    expect(table?.titles).toEqual(['called positive', 'recall', 'false positives', 'right less confidence', 'wrong calls']);
    expect(table?.notes).toEqual(['Positive: the favourable classes accept, review.']);
    expect(card).toContain('group: Positive: the favourable classes accept, review.');
  });
});

test('the groups of a regression are told by their errors, in as many digits as their size asks for', () => {
  const { table, card, pull } = textsOf(groupedDefinition('regression', { monitoring: { fairness: { minimumRows: 250 } } }));

  expect(table?.titles).toEqual(['mean error', 'absolute error']);
  expect(table?.distances.map(({ name }) => name)).toEqual(['mean error difference', 'absolute error difference', 'absolute error ratio']);
  expect(table?.groups[1]?.figures[0]).toMatch(/^4\.17 \(/);
  expect(table?.notes).toEqual(['228 rows of groups too small to be compared are left out, among them c (228).']);
  expect(pull).toContain('| group | rows | mean error | absolute error | more than the champion |');
  expect(card).toContainEqual(expect.stringMatching(/^group b: mean error 4\.17 \(.*\), absolute error 6\.87 \(.*\), n = 290$/));
});

test('a model card says what was agreed about groups, and nothing without protected columns', () => {
  const [production, challenger] = [{ limits: { selectionRatio: 0.8, accuracyDifference: 0.1 } }, { limits: { accuracyDifference: 0.05 } }];
  const agreed = groupedDefinition('multiclass', {
    favourable: ['accept'],
    monitoring: { fairness: production },
    gate: { rules: [], fairness: challenger },
  });

  expect(groupLimitLines(agreed)).toEqual([
    'Watched, never trained on: group.',
    'Favourable classes, by which groups are compared: accept.',
    'Production must keep between groups: selection rate ratio of at least 0.8; accuracy difference of at most 0.1.',
    'A challenger must keep between groups: accuracy difference of at most 0.05.',
  ]);
  expect(groupLimitLines({ ...agreed, columns: [] })).toEqual([]);
});
