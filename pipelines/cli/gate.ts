import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canonicalJson } from '../core/digest/canonical-json.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { GateCheck } from '../core/schema/gate-verdict.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { BranchFindings } from '../stages/check-branch.ts';
import type { GateResult } from '../stages/gate-task.ts';
import { accountOfEvaluation, measuredMetrics } from './account-of-evaluation.ts';
import { accountOfVerdict, lineOfCheck } from './account-of-verdict.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot, modelName, requiredPath, textOption } from './folder-options.ts';
import { readPlaces } from './places.ts';

/** `holdfast gate`: the required check. Exit code 0 for pass (or nothing to judge), 1 for fail and needs-human. */
export const gateCommand: Command = {
  name: 'gate',
  summary: 'Judge the version that a branch would deploy, from its bytes, by the rules of the base',
  usage: '[model] --head <folder> --base <folder> --out <file>',
  options: {
    head: { type: 'string', value: '<folder>', description: 'checkout of the branch to judge' },
    base: {
      type: 'string',
      value: '<folder>',
      description: 'checkout of the branch that it merges into, with its history: rules, champion, what served before',
    },
    out: { type: 'string', value: '<file>', description: 'where the verdict goes (verdict.json)' },
    report: { type: 'string', value: '<file>', description: 'where the evaluation goes that the gate measured itself' },
    changed: {
      type: 'string',
      value: '<file>',
      description: 'paths that the branch changes, apart by NUL or one a line (default: all that differs from the base)',
    },
    'as-of': { type: 'string', value: '<instant>', description: 'moment of the judgement (default: now)' },
    'data-root': {
      type: 'string',
      value: '<folder>',
      description: 'folder that the paths in model.yml start from (default: HOLDFAST_DATA_ROOT)',
    },
    json: { type: 'boolean', description: 'print the verdict as JSON' },
  },
  async run(context) {
    const sides = await openSides(context);
    const found = await findBranch(sides);
    const model = modelToJudge(context, found);
    if (model === null || !found.isReadable) return judgeTree(context, sides.head, found);
    const result = await judge(context, { ...sides, model, branchChecks: found.checks });
    await keep(context, result);
    printResult(context, result);
    return result.verdict.verdict === 'pass' ? 0 : 1;
  },
};

interface Sides {
  readonly head: ModelRepository;
  readonly base: ModelRepository;
  readonly headRoot: string;
  readonly baseRoot: string;
  readonly changedFiles: readonly string[] | null;
  readonly judgedAt: Instant;
}

async function openSides(context: CommandContext): Promise<Sides> {
  const { openModelRepository } = await import('../adapters/files/open-model-repository.ts');
  const [headRoot, baseRoot] = [requiredPath(context, 'head'), requiredPath(context, 'base')];
  requiredPath(context, 'out');
  const { asOf } = readPlaces(context);
  const [head, base] = [openModelRepository(headRoot), openModelRepository(baseRoot)];
  return { head, base, headRoot, baseRoot, changedFiles: await changedFiles(context), judgedAt: asOf };
}

async function findBranch({ head, base, headRoot, baseRoot, changedFiles: changed }: Sides): Promise<BranchFindings> {
  const [{ checkBranch }, { readModelFiles }] = await Promise.all([
    import('../stages/check-branch.ts'),
    import('../adapters/files/read-model-files.ts'),
  ]);
  const files = { head: await readModelFiles(headRoot), base: await readModelFiles(baseRoot) };
  return checkBranch({ head, base, files, changed });
}

/** A branch that deploys nothing passes when it leaves alone what was judged. A training spec that waits for its version is not green. */
async function judgeTree(context: CommandContext, head: ModelRepository, { checks }: BranchFindings): Promise<number> {
  const untrained = await findUntrained(head);
  const failed = checks.filter(({ passed }) => !passed);
  for (const check of failed) context.print(lineOfCheck(check));
  for (const name of untrained) context.print(`gate: ${name} has a training spec and is not trained yet; the gate judges it when it is`);
  if (failed.length + untrained.length > 0) return 1;
  context.print('gate: the branch changes no deployment; there is nothing to judge');
  return 0;
}

async function findUntrained(head: ModelRepository): Promise<string[]> {
  const found: string[] = [];
  for (const model of await head.models()) {
    for (const version of await head.versions(model)) {
      if ((await head.versionFile(model, version, 'version.json')) === null) found.push(`${model} ${version}`);
    }
  }
  return found;
}

async function judge(context: CommandContext, of: Sides & { model: string; branchChecks: readonly GateCheck[] }): Promise<GateResult> {
  const [{ runGate }, { openPromotionHistory }, { codeDigest }] = await Promise.all([
    import('../stages/run-gate.ts'),
    import('../adapters/git/open-promotion-history.ts'),
    import('./code-digest.ts'),
  ]);
  const opened: { close(): void }[] = [];
  try {
    return await runGate({
      ...of,
      history: openPromotionHistory(of.baseRoot),
      openLog: async (definition) => {
        const { openDuckDbLog } = await import('../adapters/duckdb/open-duckdb-log.ts');
        const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
        opened.push(log);
        return log;
      },
      openRuntime: async (of) => (await import('./open-training-runtime.ts')).openTrainingRuntime(of),
      code: await codeDigest(),
      stopwatch: () => performance.now(),
      note: context.note,
    });
  } finally {
    for (const log of opened) log.close();
  }
}

/** The model that was asked for, or the one that the branch deploys; null when it deploys none. Throws a UserError (GATE_SEVERAL_MODELS) for more. */
function modelToJudge(context: CommandContext, { deploys }: BranchFindings): string | null {
  if (deploys.length > 1) {
    throw new UserError({
      code: 'GATE_SEVERAL_MODELS',
      message: `the branch changes the deployments of ${deploys.join(', ')}`,
      hint: 'change one model a pull request, or bring the branch up to date with its base',
    });
  }
  const asked = context.positionals[0] === undefined ? null : modelName(context.positionals[0]);
  return deploys[0] ?? asked;
}

async function keep(context: CommandContext, { verdict, report }: GateResult): Promise<void> {
  await writeFile(requiredPath(context, 'out'), canonicalJson(verdict));
  if (textOption(context, 'report') !== undefined && report !== null)
    await writeFile(requiredPath(context, 'report'), canonicalJson(report));
}

function printResult(context: CommandContext, { verdict, report }: GateResult): void {
  const evaluation = report === null ? [] : accountOfEvaluation(report, measuredMetrics(report));
  const isJson = context.options['json'] === true;
  for (const line of isJson ? [JSON.stringify(verdict, null, 2)] : [...evaluation, ...accountOfVerdict(verdict)]) context.print(line);
}

async function changedFiles(context: CommandContext): Promise<string[] | null> {
  const file = textOption(context, 'changed');
  if (file === undefined) return null;
  const text = await readFile(resolve(context.workingDirectory, file), 'utf8');
  return text.split(text.includes('\0') ? '\0' : '\n').filter((line) => line !== '');
}
