import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { Column } from '../../pipelines/core/schema/column.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { metricsOf } from '../../pipelines/core/schema/metric.ts';
import { type WindowSummary, WindowSummary as WindowSummaryShape } from '../../pipelines/core/schema/model-state.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { writeLog } from '../adapters/duckdb/write-log.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { versionOf, watchedState } from '../fakes/policy-world.ts';
import { DAY, type OtherTask, REFERENCE_DAYS, TASK_START, taskDefinition, taskReference, taskRows } from '../fakes/task-world.ts';

const DAYS = REFERENCE_DAYS + 9;

const GROUP = Column.parse({ name: 'group', kind: 'categorical', role: 'protected' });

/** Those far away are served worse: always called 'music', or estimated ten too high. */
function worse({ called, score }: Readonly<Record<string, string | number>>) {
  return called === undefined ? { score: Number(score) + 10 } : { called: 'music' };
}

/** Nine days of production against a fortnight of reference, through files, engine, signals and money. */
async function watched(task: OtherTask): Promise<readonly WindowSummary[]> {
  const dataRoot = mkdtempSync(join(tmpdir(), 'holdfast-tasks-'));
  const rows = taskRows(task, DAYS).map((row, index) => ({
    ...row,
    group: index % 3 === 0 ? 'far' : 'near',
    ...(index % 3 === 0 ? worse(row) : {}),
  }));
  await writeLog(dataRoot, 'log.csv', rows);
  const definition = { ...taskDefinition(task), columns: [...taskDefinition(task).columns, GROUP] };
  const log = await openDuckDbLog({ definition, dataRoot, threads: 2 });
  try {
    const reference = await taskReference(task, log);
    const { summaries } = await watchModel({
      definition,
      deployment: { schemaVersion: 1, model: definition.name, production: 'v1', fallback: null },
      reference,
      championVersion: versionOf('v1', TASK_START),
      state: { ...watchedState(), model: definition.name },
      log,
      labels: log,
      artifacts: new MemoryArtifacts(),
      asOf: addSeconds(TASK_START, (DAYS + 1) * DAY),
    });
    return summaries;
  } finally {
    log.close();
    rmSync(dataRoot, { recursive: true });
  }
}

describe.each(['multiclass', 'regression'] as const)('watching a %s model', (task) => {
  let summaries: readonly WindowSummary[];
  const ofLast = (kind: string, subject?: string) =>
    summaries.at(-1)?.signals.filter((signal) => signal.kind === kind && (subject === undefined || signal.subject === subject)) ?? [];

  beforeAll(async () => {
    summaries = await watched(task);
  });

  test('measures every window by the metrics of its task alone', () => {
    const measured = summaries.flatMap(({ signals }) =>
      signals.filter(({ kind }) => kind === 'realised-performance').map(({ subject }) => subject),
    );

    expect(WindowSummaryShape.array().parse(summaries)).toEqual(summaries);
    expect(summaries.length).toBe(9);
    expect(metricsOf(task)).toEqual(expect.arrayContaining(measured));
    expect(new Set(measured).size).toBe(3);
    expect(JSON.stringify(summaries)).not.toMatch(/\bAUC\b|[Ll]og.?loss|rocAuc/);
  });

  test('finds that the promise is broken, with figures in the unit of the label', () => {
    const metric = task === 'multiclass' ? 'accuracy' : 'meanAbsoluteError';
    const [signal] = ofLast('realised-performance', metric);

    expect(signal).toMatchObject({ status: 'alert', sampleSize: expect.any(Number) });
    expect(signal?.interval?.lower).toBeLessThan(signal?.value ?? 0);
    expect(signal?.why).toMatch(task === 'multiclass' ? /Accuracy is 0\.\d{3} \(/ : /Mean absolute error is \d\d\.\d\d \(/);
  });

  test('sees its predictions drift', () => {
    const drift = ofLast('prediction-drift');

    expect(drift.map(({ subject }) => subject)).toEqual(task === 'multiclass' ? ['$score', '$prediction'] : ['$score']);
    expect(drift.every(({ status, value }) => status !== 'insufficient-data' && value !== null)).toBe(true);
    if (task === 'multiclass') expect(drift[1]?.why).toMatch(/of the called class is .*"music" went from/);
  });

  test('compares the groups of its protected column by what its task has', () => {
    const found = ofLast('fairness');

    expect(found.map(({ subject }) => subject)).toEqual(
      task === 'multiclass'
        ? [
            'class recall difference of group',
            'class odds difference of group',
            'calibration difference of group',
            'accuracy difference of group',
          ]
        : ['mean error difference of group', 'absolute error difference of group', 'absolute error ratio of group'],
    );
    expect(found.every(({ status, value }) => status === 'ok' && value !== null)).toBe(true);
    if (task === 'multiclass') expect(found[1]?.why).toContain('group far lowest, near highest');
    else expect(found[0]?.value).toBeCloseTo(10, -1);
  });

  test('estimates before labels, and says where the answers lie beyond what it learnt from', () => {
    const metric = task === 'multiclass' ? 'accuracy' : 'meanAbsoluteError';
    const [estimate] = ofLast('estimated-performance', metric);

    expect(estimate?.interval?.lower).toBeLessThan(estimate?.value ?? 0);
    expect(estimate?.sampleSize).toBeGreaterThan(1000);
    expect(estimate?.why).toMatch(/^Estimate without labels: /);
    if (task === 'multiclass') return;
    expect(estimate?.method).toContain('a model of the losses on held-out rows');
    expect(estimate?.status).toBe('insufficient-data');
    expect(estimate?.why).toMatch(/is not trusted\. \d+ % of the scores lie where the reference has hardly any row\.$/);
  });

  test('shows money only where outcomes have a value', () => {
    const business = summaries.at(-1)?.business;

    if (task === 'regression') expect(business).toBeNull();
    else
      expect(business).toMatchObject({ currency: 'EUR', costOfWaitingPerDay: expect.any(Number), why: expect.stringContaining('% right') });
  });
});
