import { describe, expect, test } from 'vitest';
import { buildEvaluationReport } from '../../../pipelines/core/evaluation/build-evaluation-report.ts';
import { fairnessReport } from '../../../pipelines/core/evaluation/fairness-report.ts';
import { judgeGate } from '../../../pipelines/core/evaluation/judge-gate.ts';
import { weighTrial } from '../../../pipelines/core/evaluation/weigh-trial.ts';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { contenderOf, EVIDENCE, goodReport } from '../../fakes/gate-cases.ts';
import { type PlantedError, plantedRows } from '../../fakes/planted-rows.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

type Parts = Partial<WrittenModelDefinition>;
const GROUP = { name: 'group', kind: 'categorical' as const, role: 'protected' as const };
const COLUMNS: NonNullable<Parts['columns']> = [{ name: 'size', kind: 'numeric' }, { name: 'place', kind: 'categorical' }, GROUP];
const SLICES = [{ name: 'large in the east', where: { size: { atLeast: 8 }, place: 'east' } }];
/** Better for nearly everybody, and wrong for group c every second time. */
const HARMS_C: PlantedError = ({ group }) => (group === 'c' ? 0.5 : 0.02);
const HARMS_EAST: PlantedError = ({ size, place }) => (place === 'east' && size > 8 ? 0.5 : 0.02);

function definitionOf(parts: Parts = {}) {
  return definitionWith({ columns: COLUMNS, slices: SLICES, gate: { rules: [], bootstrapReplicates: 100 }, ...parts });
}

/** The report of a challenger that errs as stated, against a champion that is wrong in one of ten rows. */
function judged(otherErrors: PlantedError, parts: Parts = {}, rows = 4000) {
  const { table, scores, other } = plantedRows({ rows, otherErrors });
  const definition = definitionOf(parts);
  const { metrics: _, ...facts } = contenderOf('champion', []);
  const good = goodReport();
  const report = buildEvaluationReport({
    definition,
    spec: TrainingSpec.parse({
      schemaVersion: 1,
      model: 'loan',
      version: 'v2',
      champion: 'v1',
      decision: 'd1',
      asOf: '2001-02-28T00:00:00Z',
      challengers: [{ name: 'recent-window', range: { start: '2001-01-01T00:00:00Z', end: '2001-02-20T00:00:00Z' } }],
      heldOut: good.heldOut.range,
      features: ['size'],
      training: {},
    }),
    heldOut: good.heldOut,
    timestamps: table.timestamps,
    labels: table.labels,
    rows: table,
    baseline: { ...facts, name: 'baseline', scores: new Float64Array(rows).fill(0.5) },
    champion: { ...facts, scores },
    challengers: [{ ...facts, name: 'recent-window', scores: other }],
    backend: 'planted',
  });
  const verdict = judgeGate({ report, definition, evidence: EVIDENCE, judgedAt: '2001-03-01T00:00:00Z' });
  const check = (start: string) => verdict.checks.find(({ name }) => name.startsWith(start));
  return { report, verdict, check };
}

describe('the gate', () => {
  test('refuses a challenger that is better on all rows and harms one group', () => {
    const { report, verdict, check } = judged(HARMS_C);

    expect(report.comparisons.find(({ metric }) => metric === 'accuracy')?.improvement).toBeLessThan(0);
    expect(verdict.verdict).toBe('fail');
    expect(check('loss gained in a group of group')).toMatchObject({ passed: false });
    expect(check('loss gained in a group of group')?.why).toContain('group c');
    expect(check('loss gained in a group of group')?.why).toContain('more for sure');
  });

  test('refuses a challenger that harms a declared slice, though it is better on all rows', () => {
    const { report, check } = judged(HARMS_EAST);

    expect(report.comparisons.find(({ metric }) => metric === 'accuracy')?.improvement).toBeGreaterThan(0);
    expect(check('loss gained in the slice large in the east')).toMatchObject({ passed: false, metric: 'sliceLoss' });
    expect(check('loss gained in a group of group')).toMatchObject({ passed: true });
  });

  test('passes these checks for a challenger that is better everywhere', () => {
    const { verdict } = judged(() => 0.02);

    const parts = verdict.checks.filter(({ metric }) => ['sliceLoss', 'groupLoss', 'groupDistance', 'groups'].includes(metric));
    expect(parts.map(({ passed }) => passed)).toEqual([true, true, true, true]);
  });

  test('asks a person about a declared slice with too few rows, and about groups that cannot be compared', () => {
    const { check } = judged(() => 0.02, { slices: [{ name: 'rare', where: { size: { below: 0.1 } } }] }, 900);

    const few = judged(() => 0.02, { monitoring: { fairness: { minimumRows: 5000 } } }).verdict;
    expect(check('loss gained in the slice rare')).toMatchObject({ passed: false, actual: null });
    expect(few.checks.find(({ metric }) => metric === 'groups')).toMatchObject({ passed: false, actual: 0 });
    expect(few.verdict).not.toBe('pass');
  });

  test('holds the challenger to stated limits, whatever the champion does', () => {
    const limits = { equalOpportunityDifference: 0.1, selectionRatio: 0.8, calibrationDifference: 0.2 };

    const { check } = judged(HARMS_C, { gate: { rules: [], bootstrapReplicates: 100, fairness: { limits } } });

    expect(check('equal opportunity difference of group')).toMatchObject({ passed: false, operator: '<=' });
    expect(check('selection rate ratio of group')).toMatchObject({ passed: true, operator: '>=' });
  });

  test('says nothing of slices and groups for a definition without them', () => {
    const { report, verdict } = judged(() => 0.02, { columns: [{ name: 'size', kind: 'numeric' }], slices: [] });

    expect(report.fairness).toBeUndefined();
    expect(verdict.checks.filter(({ metric }) => ['sliceLoss', 'groupLoss', 'groupDistance', 'groups'].includes(metric))).toEqual([]);
  });
});

test('a trial judges by slices and groups only the challenger that they were measured of', () => {
  const definition = definitionOf();
  const { report } = judged(HARMS_EAST);
  const whyOf = (selected: string) => weighTrial({ definition, report: { ...report, selected }, kinds: new Map() }).remedies[0]?.why;

  expect(whyOf('recent-window')).toContain('loss gained in the slice large in the east');
  expect(whyOf('an archived version')).not.toContain('loss gained');
});

describe('an evaluation report', () => {
  test('with slices and groups is one that its schema accepts, and the same when it is made again', () => {
    const [first, again] = [judged(HARMS_C).report, judged(HARMS_C).report];

    expect(EvaluationReport.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(again).toEqual(first);
  });

  test('from before they were measured is still accepted', () => {
    expect(EvaluationReport.parse(goodReport())).toEqual(goodReport());
  });
});

describe('protected groups', () => {
  const { table, scores } = plantedRows({ rows: 3000 });
  const reportOf = (column: NonNullable<Parts['columns']>[number], parts: Parts = {}) =>
    fairnessReport({
      definition: definitionOf({ columns: [{ name: 'size', kind: 'numeric' }, column], slices: [], ...parts }),
      rows: table,
      challenger: { scores },
      champion: null,
      seed: 1,
    })[0];

  test('under the privacy count are folded, whatever the minimum of the definition', () => {
    const found = reportOf(GROUP, { monitoring: { fairness: { minimumRows: 1 } }, privacy: { minimumCount: 1001 } });

    expect(found?.groups.every(({ rows }) => rows >= 1001)).toBe(true);
    expect(found?.foldedRows).toBe(3000 - (found?.groups ?? []).reduce((sum, { rows }) => sum + rows, 0));
  });

  test('of more rows than that are left out, and named, while the minimum of the definition is not reached', () => {
    const found = reportOf(GROUP, { monitoring: { fairness: { minimumRows: 1001 } }, privacy: { minimumCount: 5 } });

    expect(found?.foldedRows).toBe(3000 - (found?.groups ?? []).reduce((sum, { rows }) => sum + rows, 0));
    expect(found?.foldedRows).toBe((found?.small ?? []).reduce((sum, { rows }) => sum + rows, 0));
    expect(found?.small).not.toEqual([]);
  });

  test('of a personal column are numbered, never named, and only with values in the definition', () => {
    const personal = { ...GROUP, sensitivity: 'personal' as const };

    const unnamed = reportOf(personal);
    const numbered = reportOf({ ...personal, values: ['a', 'b', 'c'] });

    expect(unnamed).toMatchObject({ groups: [], why: expect.stringContaining('personal') });
    expect(numbered?.groups.map(({ name }) => name)).toEqual(['value 1 of 3', 'value 2 of 3', 'value 3 of 3']);
    expect(JSON.stringify([unnamed, numbered])).not.toMatch(/"[abc]"/);
  });

  test('of a numeric column are cut at the stated bounds, else at quartiles', () => {
    const stated = reportOf(
      { name: 'size', kind: 'numeric', role: 'protected', cuts: [2, 7] },
      {
        columns: [
          { name: 'size', kind: 'numeric', role: 'protected', cuts: [2, 7] },
          { name: 'place', kind: 'categorical' },
        ],
      },
    );
    const quartiles = reportOf(GROUP, {
      columns: [
        { name: 'size', kind: 'numeric', role: 'protected' },
        { name: 'place', kind: 'categorical' },
      ],
    });

    expect(stated?.groups.map(({ name }) => name)).toEqual(['under 2', '2 to under 7', '7 or more']);
    expect(quartiles?.groups).toHaveLength(4);
    for (const { rows } of quartiles?.groups ?? []) expect(Math.abs(rows - 750)).toBeLessThan(25);
  });

  test('too small to be compared are named with their rows, when they are large enough to be named', () => {
    const found = reportOf(GROUP, { monitoring: { fairness: { minimumRows: 1001 } }, privacy: { minimumCount: 100 } });

    const left = 3000 - (found?.groups ?? []).reduce((sum, { rows }) => sum + rows, 0);
    expect(left).toBeGreaterThan(0);
    expect(found?.small?.reduce((sum, { rows }) => sum + rows, 0)).toBe(left);
  });
});
