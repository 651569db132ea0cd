import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { phraseQuantity } from '../core/schema/phrase-number.ts';
import { accountOfEvaluation, tellingMetrics } from './account-of-evaluation.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot, modelName, requiredPath, textOption } from './folder-options.ts';

/** `holdfast train`: from a training spec to the files of a version. */
export const trainCommand: Command = {
  name: 'train',
  summary: 'Train and evaluate the challengers of a training spec; write the files of the version',
  usage: '<model> --spec <file> --out <folder>',
  options: {
    spec: { type: 'string', value: '<file>', description: 'training-spec.json' },
    out: { type: 'string', value: '<folder>', description: 'where the files of the version go' },
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': {
      type: 'string',
      value: '<folder>',
      description: 'folder that the paths in model.yml start from (default: HOLDFAST_DATA_ROOT)',
    },
    json: { type: 'boolean', description: 'print the evaluation report as JSON' },
  },
  async run(context) {
    const model = modelName(context.positionals[0]);
    const [specFile, out] = [requiredPath(context, 'spec'), requiredPath(context, 'out')];
    const specBytes = await readSpec(specFile);
    const { openModelRepository } = await import('../adapters/files/open-model-repository.ts');
    const repository = openModelRepository(resolve(context.workingDirectory, textOption(context, 'root') ?? '.'));
    const definition = await repository.definition(model);
    const { report, files } = await makeIt(context, { definition, repository, specBytes });
    await mkdir(out, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(out, name), bytes);
    if (context.options['json'] === true) context.print(JSON.stringify(report, null, 2));
    else printAccount(context, { definition, report, files: Object.keys(files).length, out });
    return 0;
  },
};

type Made = Awaited<ReturnType<typeof import('../stages/make-version.ts')['makeVersion']>>;

async function makeIt(
  context: CommandContext,
  from: Pick<Parameters<typeof import('../stages/make-version.ts')['makeVersion']>[0], 'definition' | 'repository' | 'specBytes'>,
): Promise<Made> {
  const [{ makeVersion }, { openTrainingRuntime }, { openDuckDbLog }] = await Promise.all([
    import('../stages/make-version.ts'),
    import('./open-training-runtime.ts'),
    import('../adapters/duckdb/open-duckdb-log.ts'),
  ]);
  const [runtime, log] = await Promise.all([
    openTrainingRuntime(from.definition),
    openDuckDbLog({ definition: from.definition, dataRoot: dataRoot(context) }),
  ]);
  context.note(`engine: ${runtime.backend}`);
  try {
    return await makeVersion({ ...from, log, runtime, stopwatch: () => performance.now(), note: context.note });
  } finally {
    log.close();
  }
}

async function readSpec(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UserError({
      code: 'TRAINING_SPEC_MISSING',
      message: `cannot read ${file}`,
      hint: 'give the training-spec.json of the version',
      cause,
    });
  }
}

function printAccount(
  context: CommandContext,
  made: { readonly definition: ModelDefinition; readonly report: Made['report']; readonly files: number; readonly out: string },
): void {
  const { report, definition } = made;
  const { rows, positives, range } = report.heldOut;
  context.print(
    `${report.model} ${report.version}: judged on ${rows} labelled rows${definition.task === 'binary' ? ` (${positives} positive)` : ''}, ${range.start} to ${range.end}`,
  );
  for (const line of accountOfEvaluation(report, tellingMetrics(definition))) context.print(line);
  context.print(`wrote ${phraseQuantity(made.files, 'file')} to ${made.out}`);
}
