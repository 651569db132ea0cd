import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canonicalJson } from '../core/digest/canonical-json.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { GateCheck, GateVerdict } from '../core/schema/gate-verdict.ts';
import { Instant } from '../core/schema/instant.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { GateResult } from '../stages/run-gate.ts';
import { accountOfEvaluation } from './account-of-evaluation.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot, modelName, requiredPath, textOption } from './folder-options.ts';

/** `holdfast gate`: the required check. Exit code 0 for pass (or nothing to judge), 1 for fail and needs-human. */
export const gateCommand: Command = {
  name: 'gate',
  summary: 'Judge the version that a branch would deploy, from its bytes, by the rules of the base',
  usage: '[model] --head <folder> --base <folder> --out <file>',
  options: {
    head: { type: 'string', value: '<folder>', description: 'checkout of the branch to judge' },
    base: { type: 'string', value: '<folder>', description: 'checkout of the branch that it merges into: rules and champion' },
    out: { type: 'string', value: '<file>', description: 'where the verdict goes (verdict.json)' },
    changed: {
      type: 'string',
      value: '<file>',
      description: 'paths that the branch changes, one a line: any other than the version’s fails',
    },
    'as-of': { type: 'string', value: '<instant>', description: 'moment of the judgement (default: that of the training spec)' },
    'data-root': {
      type: 'string',
      value: '<folder>',
      description: 'folder that the paths in model.yml start from (default: HOLDFAST_DATA_ROOT)',
    },
    json: { type: 'boolean', description: 'print the verdict as JSON' },
  },
  async run(context) {
    const { openModelRepository } = await import('../adapters/files/open-model-repository.ts');
    const [head, base] = [openModelRepository(requiredPath(context, 'head')), openModelRepository(requiredPath(context, 'base'))];
    const out = requiredPath(context, 'out');
    const model = context.positionals[0] === undefined ? await findModel(head, base) : modelName(context.positionals[0]);
    if (model === null) return judgeNothing(context, head);
    const { verdict, report } = await judge(context, { model, head, base });
    await writeFile(out, canonicalJson(verdict));
    if (context.options['json'] === true) context.print(JSON.stringify(verdict, null, 2));
    else
      for (const line of [...(report === null ? [] : accountOfEvaluation(report, ['rocAuc', 'logLoss'])), ...accountOfVerdict(verdict)])
        context.print(line);
    return verdict.verdict === 'pass' ? 0 : 1;
  },
};

/** A branch that deploys nothing passes, unless it holds a training spec that waits for its version: an untrained proposal must not look green. */
async function judgeNothing(context: CommandContext, head: ModelRepository): Promise<number> {
  const untrained = await findUntrained(head);
  if (untrained.length === 0) context.print('gate: the branch changes no deployment; there is nothing to judge');
  for (const name of untrained) context.print(`gate: ${name} has a training spec and is not trained yet; the gate judges it when it is`);
  return untrained.length === 0 ? 0 : 1;
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

async function judge(
  context: CommandContext,
  of: { readonly model: string; readonly head: ModelRepository; readonly base: ModelRepository },
): Promise<GateResult> {
  const [{ runGate }, { loadPredictor, PREDICTOR_ENGINE }, { codeDigest }] = await Promise.all([
    import('../stages/run-gate.ts'),
    import('../adapters/tfjs/load-predictor.ts'),
    import('./code-digest.ts'),
  ]);
  const opened: { close(): void }[] = [];
  try {
    return await runGate({
      ...of,
      openLog: async (definition) => {
        const { openDuckDbLog } = await import('../adapters/duckdb/open-duckdb-log.ts');
        const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
        opened.push(log);
        return log;
      },
      runtime: { load: loadPredictor, backend: PREDICTOR_ENGINE },
      code: await codeDigest(),
      changedFiles: await changedFiles(context),
      asOf: instantOption(context),
      stopwatch: () => performance.now(),
    });
  } finally {
    for (const log of opened) log.close();
  }
}

/** The one model whose deployment differs; null when none does. Throws a UserError (GATE_SEVERAL_MODELS) for more. */
async function findModel(head: ModelRepository, base: ModelRepository): Promise<string | null> {
  const changed: string[] = [];
  for (const model of await head.models()) {
    const [now, then] = await Promise.all([head.deployment(model), base.deployment(model)]);
    if (now !== null && now.production !== then?.production) changed.push(model);
  }
  if (changed.length <= 1) return changed[0] ?? null;
  throw new UserError({
    code: 'GATE_SEVERAL_MODELS',
    message: `the branch changes the deployments of ${changed.join(', ')}`,
    hint: 'change one model a pull request, or bring the branch up to date with its base',
  });
}

async function changedFiles(context: CommandContext): Promise<string[] | null> {
  const file = textOption(context, 'changed');
  if (file === undefined) return null;
  const text = await readFile(resolve(context.workingDirectory, file), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

function instantOption(context: CommandContext): string | null {
  const text = textOption(context, 'as-of');
  if (text === undefined) return null;
  const parsed = Instant.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UserError({ code: 'AS_OF_INVALID', message: `--as-of ${text} is not an instant`, hint: 'write it as YYYY-MM-DDTHH:MM:SSZ' });
}

function accountOfVerdict(verdict: GateVerdict): string[] {
  return [...verdict.checks.map(lineOf), `verdict: ${verdict.verdict}. ${verdict.summary}`, `evidence ${verdict.evidenceDigest}`];
}

function lineOf({ name, operator, expected, actual, passed, why }: GateCheck): string {
  return `  ${passed ? 'ok  ' : 'FAIL'}  ${name}: ${phrase(actual)} ${operator} ${phrase(expected)}. ${why}`;
}

function phrase(value: number | string | null): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value.replace(/^sha256:(.{12}).*$/, '$1…');
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}
