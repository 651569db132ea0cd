import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';
import type { Proposal } from '../core/registry/first-definition/propose-definition.ts';
import { phraseQuantity } from '../core/schema/phrase-number.ts';
import type { Command, CommandContext } from './command.ts';
import { modelName, requiredPath, textOption } from './folder-options.ts';
import { askedDefinition, INIT_OPTIONS } from './init-options.ts';
import { askedKinds } from './kind-option.ts';
import { readPlaces } from './places.ts';
import type { FileThatWasRead } from './read-file-of-rows.ts';

const LOG_ROWS = 200_000;
const LABEL_ROWS = 1_000_000;

/** `holdfast init <model> --log <file>`: a first model.yml from a log, which validate, specify, train and backtest accept; the reason of each guess stands beside it. */
export const initCommand: Command = {
  name: 'init',
  summary: 'Write a first model.yml from a log: what its columns mean, windows and ranges from its rhythm, each with its reason',
  usage: '<model> --log <file> [--labels <file>]',
  options: INIT_OPTIONS,
  async run(context) {
    const model = modelName(context.positionals[0]);
    const asked = askedDefinition(context);
    const { root } = readPlaces(context);
    const file = join(root, 'models', model, 'model.yml');
    const isWritten = context.options['dry-run'] !== true && context.options['json'] !== true;
    if (isWritten) await refuseOverwriting(file);
    const { log, labels, dataRoot } = await readFiles(context, root);
    for (const line of [...log.notes, ...(labels?.notes ?? [])]) context.note(line);
    const [{ proposeDefinition }, { renderDefinition }, { parseDefinition }] = await Promise.all([
      import('../core/registry/first-definition/propose-definition.ts'),
      import('../core/registry/first-definition/render-definition.ts'),
      import('../adapters/files/read-definition.ts'),
    ]);
    const proposal = proposeDefinition({ name: model, log, labels, asked });
    const text = `${await heading(root, log)}${renderDefinition(proposal)}`;
    // What is written is what the other commands will read.
    parseDefinition({ text, file: relative(context.workingDirectory, file) });
    if (context.options['json'] === true) context.print(JSON.stringify(proposal, null, 2));
    else if (isWritten) await write(file, text);
    else for (const line of text.trimEnd().split('\n')) context.print(line);
    for (const line of remarks(context, { proposal, file, dataRoot, isWritten })) context.note(line);
    return 0;
  },
};

interface ReadFiles {
  readonly log: FileThatWasRead;
  readonly labels: FileThatWasRead | null;
  readonly dataRoot: string;
}

/** The log and the labels, and the folder that their paths start from. */
async function readFiles(context: CommandContext, root: string): Promise<ReadFiles> {
  const path = requiredPath(context, 'log');
  const labelPath = textOption(context, 'labels') === undefined ? null : requiredPath(context, 'labels');
  const stated = textOption(context, 'data-root') ?? context.environment['HOLDFAST_DATA_ROOT'];
  const { file } = readPlaces(context);
  const isUnderRoot = [path, labelPath ?? path].every((each) => !relative(root, each).startsWith('..'));
  const dataRoot = stated !== undefined && stated !== '' ? file(stated) : isUnderRoot ? root : folderOf(path);
  const { readFileOfRows } = await import('./read-file-of-rows.ts');
  const kinds = askedKinds(context.lists?.['kind'] ?? []);
  const log = await readFileOfRows({ path, dataRoot, kinds, limit: LOG_ROWS });
  const labels = labelPath === null ? null : await readFileOfRows({ path: labelPath, dataRoot, kinds, limit: LABEL_ROWS });
  return { log, labels, dataRoot };
}

/** The folder of a file, or the last that a glob names. */
function folderOf(path: string): string {
  return dirname(path.replace(/[*?[].*$/, '-'));
}

async function heading(root: string, log: FileThatWasRead): Promise<string> {
  const schema = await access(join(root, 'pipelines/schema/model.schema.json')).then(
    () => '# yaml-language-server: $schema=../../pipelines/schema/model.schema.json\n',
    () => '',
  );
  const rows = log.table.of.toLocaleString('en-GB');
  return `${schema}# A first definition, written by \`holdfast init\` from ${log.path} (${rows} rows). The reason of a guess stands beside it; TODO waits for a person.\n`;
}

async function refuseOverwriting(file: string): Promise<void> {
  const isFree = await access(file).then(
    () => false,
    () => true,
  );
  if (isFree) return;
  throw new UserError({
    code: 'MODEL_EXISTS',
    message: `${file} is there already`,
    hint: 'choose another name; --dry-run prints what would be written',
  });
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
}

interface Written {
  readonly proposal: Proposal;
  readonly file: string;
  readonly dataRoot: string;
  readonly isWritten: boolean;
}

/** What a person reads after the file was written: what was guessed, what to look at, what to do next. */
function remarks(context: CommandContext, { proposal, file, dataRoot, isWritten }: Written): string[] {
  const { definition, questions } = proposal;
  const { columns, labels, name, task } = definition;
  const left = columns.filter(({ role }) => role === 'ignored').map((column) => column.name);
  const at = (path: string) => relative(context.workingDirectory, path) || '.';
  const folder = textOption(context, 'root') === undefined ? '' : ` --root ${textOption(context, 'root')}`;
  return [
    ...(isWritten ? [`wrote ${at(file)}`] : []),
    `task ${task}: the label is ${labels.columns.label}; ${phraseQuantity(columns.length - left.length, 'feature')}${left.length === 0 ? '' : `; left out: ${left.join(', ')}`}`,
    ...questions.map((question) => `to decide: ${question}`),
    ...(isWritten
      ? [
          'next:',
          `  holdfast validate ${name}${folder}   # names the lines that wait for you`,
          `  holdfast backtest ${name}${folder} --data-root ${at(dataRoot)} --against never,always-all,always-recent`,
        ]
      : []),
  ];
}
