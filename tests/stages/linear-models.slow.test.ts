import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type DuckDbLog, openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { specifyInitialTraining, specifyTraining } from '../../pipelines/core/registry/specify-training.ts';
import type { VersionFiles } from '../../pipelines/core/registry/version-manifest.ts';
import { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import { backtest } from '../../pipelines/stages/backtest.ts';
import { makeVersion } from '../../pipelines/stages/make-version.ts';
import { runGate } from '../../pipelines/stages/run-gate.ts';
import { learntDefinition, WORLD_START, worldDay, writeWorld } from '../fakes/learnt-world.ts';
import { MemoryRepository } from '../fakes/memory-repository.ts';
import type { OtherTask } from '../fakes/task-world.ts';
import { bytesOf, textOf } from '../fakes/version-world.ts';

const TASKS: readonly OtherTask[] = ['regression', 'multiclass'];
const METRIC = { regression: 'meanAbsoluteError', multiclass: 'accuracy' } as const;

async function openWorld(task: OtherTask, of: { readonly days: number; readonly isTurned: (day: number) => boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  writeWorld(folder, task, of);
  const definition = learntDefinition(task);
  const log = await openDuckDbLog({ definition, dataRoot: folder });
  onTestFinished(() => {
    log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { definition, log };
}

describe.each(TASKS)('a %s model whose world turns', (task) => {
  test('is retrained and promoted through the gate, and then does better than one that is left alone', { timeout: 120_000 }, async () => {
    const { definition, log } = await openWorld(task, { days: 98, isTurned: (day) => day >= 56 });
    const plan = { trainUntil: worldDay(28), referenceUntil: worldDay(42), asOf: worldDay(98), every: 'P7D', alwaysEvery: 'P28D' };
    const runtime = await openTrainingRuntime(definition);

    const result = await backtest({ definition, log, runtime, stopwatch: () => 0, note: () => {} }, plan);

    const events = (isBefore: boolean) =>
      result.windows.filter(({ window }) => window.end <= worldDay(56) === isBefore).flatMap((window) => window.events);
    expect(events(true)).toEqual([]);
    expect(events(false).some((event) => event.startsWith('incident opened: realised-performance'))).toBe(true);
    expect(events(false).some((event) => event.startsWith('gate pass'))).toBe(true);
    expect(events(false).some((event) => event.startsWith('promoted: v'))).toBe(true);
    const last = result.windows.at(-5)?.outcomes;
    const gain = (last?.['policy']?.metric ?? Number.NaN) - (last?.['never']?.metric ?? Number.NaN);
    expect(task === 'regression' ? -gain : gain).toBeGreaterThan(task === 'regression' ? 5 : 0.2);
  });

  test('passes the gate where it gains, measured again to the byte', { timeout: 60_000 }, async () => {
    const { definition, log } = await openWorld(task, { days: 56, isTurned: (day) => day >= 28 });
    const { base, head } = await branches(definition, log);

    const { verdict, report } = await gate(definition, log, { base, head });

    expect(verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(verdict.verdict).toBe('pass');
    const metrics = report?.challengers[0]?.metrics.map(({ metric }) => metric);
    expect(metrics).toContain(METRIC[task]);
    expect(metrics).not.toContain('rocAuc');
    const reference = ReferenceProfile.parse(fileOf(head, 'reference.json'));
    const promised = reference.promise.find(({ metric }) => metric === METRIC[task])?.value;
    const measured = report?.challengers
      .find(({ name }) => name === report.selected)
      ?.metrics.find(({ metric }) => metric === METRIC[task]);
    expect(promised).toBeCloseTo(measured?.value ?? Number.NaN, 6);
    // Made by the challenger and made again by the gate, to the byte.
    if (task === 'regression') expect(reference.lossModel?.losses.map(({ loss }) => loss)).toEqual(['absolute', 'squared']);
    else expect(reference.lossModel).toBeUndefined();
    expect(report?.baseline.metrics.find(({ metric }) => metric === METRIC[task])?.value).not.toBeNull();
  });

  test('fails the gate when it learnt from a world that has gone by again', { timeout: 60_000 }, async () => {
    const { definition, log } = await openWorld(task, { days: 56, isTurned: (day) => day >= 28 && day < 47 });

    const { verdict, report } = await gate(definition, log, await branches(definition, log));

    expect(verdict.verdict).toBe('fail');
    expect(verdict.checks.filter(({ passed }) => !passed).some(({ name }) => name.includes('gained on the champion'))).toBe(true);
    const gain = report?.comparisons.find(({ challenger, metric }) => challenger === report.selected && metric === METRIC[task]);
    expect(gain?.interval?.upper).toBeLessThan(0);
  });

  test('is refused with other bytes than its spec gives, and with a report that flatters it', { timeout: 60_000 }, async () => {
    const { definition, log } = await openWorld(task, { days: 56, isTurned: (day) => day >= 28 });
    const { base, head } = await branches(definition, log);
    const weights = Uint8Array.from(head.folders['v2']?.['weights.bin'] ?? []);
    weights[1] = (weights[1] ?? 0) ^ 1;
    const report = EvaluationReport.parse(fileOf(head, 'evaluation-report.json'));
    const flattered = { ...report, baseline: { ...report.baseline, metrics: [] } };

    const forged = [head.withFile('v2', 'weights.bin', weights), head.withFile('v2', 'evaluation-report.json', bytesOf(flattered))];

    for (const each of forged) {
      const { verdict } = await gate(definition, log, { base, head: each });
      expect(verdict.verdict).toBe('fail');
    }
  });
});

function fileOf(head: MemoryRepository, name: string): unknown {
  return JSON.parse(textOf(head.folders['v2']?.[name]));
}

/** v1 trained on three weeks and judged on one; v2 trained on all until the eighth week and judged on its first days. */
async function branches(definition: ModelDefinition, log: DuckDbLog): Promise<{ base: MemoryRepository; head: MemoryRepository }> {
  const empty = new MemoryRepository(definition);
  const first = specifyInitialTraining({
    definition,
    version: 'v1',
    decision: 'by hand',
    asOf: worldDay(29),
    range: { start: WORLD_START, end: worldDay(21) },
    heldOut: { start: worldDay(21), end: worldDay(28) },
  });
  const base = empty.withVersion('v1', await trained(definition, { log, repository: empty, spec: first })).withProduction('v1');
  const champion = ModelVersion.parse(JSON.parse(textOf(base.folders['v1']?.['version.json'])));
  const asked = { definition, champion, version: 'v2', decision: 'd2', asOf: worldDay(56) };
  const spec = specifyTraining({ ...asked, historyStart: WORLD_START, labelledUntil: worldDay(55) });
  return { base, head: base.withVersion('v2', await trained(definition, { log, repository: base, spec })).withProduction('v2') };
}

async function trained(
  definition: ModelDefinition,
  of: { readonly log: DuckDbLog; readonly repository: MemoryRepository; readonly spec: TrainingSpec },
): Promise<VersionFiles> {
  const specBytes = new TextEncoder().encode(canonicalJson(of.spec));
  const runtime = await openTrainingRuntime(definition);
  return (await makeVersion({ ...of, definition, specBytes, runtime, stopwatch: () => 0, note: () => {} })).files;
}

function gate(definition: ModelDefinition, log: DuckDbLog, heads: { readonly base: MemoryRepository; readonly head: MemoryRepository }) {
  return runGate({
    model: definition.name,
    ...heads,
    history: { promoted: async () => null },
    openLog: async () => log,
    openRuntime: openTrainingRuntime,
    code: `sha256:${'1'.repeat(64)}`,
    branchChecks: [],
    changedFiles: null,
    judgedAt: worldDay(56),
    stopwatch: () => 0,
    note: () => {},
  });
}
