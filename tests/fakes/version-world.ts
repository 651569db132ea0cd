import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { specifyInitialTraining, specifyTraining } from '../../pipelines/core/registry/specify-training.ts';
import type { VersionFiles } from '../../pipelines/core/registry/version-manifest.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition, WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { GateResult, GateTask } from '../../pipelines/stages/gate-task.ts';
import { makeVersion } from '../../pipelines/stages/make-version.ts';
import { runGate } from '../../pipelines/stages/run-gate.ts';
import { loansOf, MemoryLog } from './memory-log.ts';
import { MemoryRepository } from './memory-repository.ts';
import { loanDefinition } from './policy-world.ts';

export const START = '2001-01-01T00:00:00Z';
const DAY = 86_400;

/** The day that is `count` days after the start of the log. */
export function day(count: number): string {
  return addSeconds(START, count * DAY);
}

/** Loans of 56 days; from day 28 on, income no longer tells the risk as it did: it is shifted, and a trained level is wrong. */
export function driftingLog(shift = 400): MemoryLog {
  const log = new MemoryLog();
  for (let count = 0; count < 56; count += 1) log.add(loansOf(day(count), { rows: 160, skill: 0.5, shift: count < 28 ? 0 : shift }));
  return log;
}

export function gatedDefinition(changes: Partial<WrittenModelDefinition> = {}): ModelDefinition {
  return loanDefinition({
    training: { recentRange: 'P14D' },
    gate: {
      rules: [
        { kind: 'absolute', metric: 'rocAuc', operator: '>=', value: 0.6 },
        { kind: 'relative', metric: 'logLoss', minimumImprovement: 0 },
      ],
      bootstrapReplicates: 100,
    },
    ...changes,
  });
}

/** Trains by a spec and returns the files of the version. Time stands still: the stopwatch ticks one millisecond a reading. */
export async function trainVersion(log: MemoryLog, repository: MemoryRepository, spec: TrainingSpec): Promise<VersionFiles> {
  const { files } = await makeVersion({
    definition: repository.held,
    specBytes: bytesOf(spec),
    repository,
    log,
    runtime: await openTrainingRuntime(repository.held),
    stopwatch: tickingStopwatch(),
    note: () => {},
  });
  return files;
}

/** A base branch where v1 serves, and a head branch that would deploy v2. */
export async function retrainedBranches(
  log: MemoryLog,
  definition: ModelDefinition,
): Promise<{ base: MemoryRepository; head: MemoryRepository }> {
  const empty = new MemoryRepository(definition);
  const asOf = day(29);
  const v1 = specifyInitialTraining({
    definition,
    version: 'v1',
    decision: 'by hand',
    asOf,
    range: { start: START, end: day(21) },
    heldOut: { start: day(21), end: day(28) },
  });
  const base = empty.withVersion('v1', await trainVersion(log, empty, v1)).withProduction('v1');
  const champion = ModelVersion.parse(JSON.parse(textOf(base.folders['v1']?.['version.json'])));
  const v2 = specifyTraining({
    definition,
    champion,
    version: 'v2',
    decision: 'd2',
    asOf: day(56),
    historyStart: START,
    labelledUntil: day(55),
  });
  const head = base.withVersion('v2', await trainVersion(log, base, v2)).withProduction('v2');
  return { base, head };
}

/** Runs the gate on two branches. */
export async function gate(
  branches: Pick<GateTask, 'base' | 'head'>,
  log: MemoryLog,
  changes: Partial<GateTask> = {},
): Promise<GateResult> {
  return runGate({
    model: 'loan',
    ...branches,
    history: { promoted: async () => null },
    openLog: async () => log,
    openRuntime: openTrainingRuntime,
    code: digestText('code'),
    branchChecks: [],
    changedFiles: null,
    judgedAt: day(56),
    stopwatch: tickingStopwatch(),
    note: () => {},
    ...changes,
  });
}

export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function tickingStopwatch(): () => number {
  let now = 0;
  return () => {
    now += 1;
    return now;
  };
}
