import { UserError } from '../core/errors/user-error.ts';
import type { DriftSheet } from '../core/schema/drift-sheet.ts';
import type { Command, CommandContext } from './command.ts';
import { sheetOptions } from './sheet-options.ts';

/** Lines of columns that are printed without --all. */
const LINES = 40;

/** `holdfast compare`: two files, or two ranges of a model's log, column by column. Writes nothing. */
export const compareCommand: Command = {
  name: 'compare',
  summary:
    'What has changed between two files (CSV, JSON Lines, Parquet), or in the log of a model since its reference: a line a column, what matters first',
  usage: '<model> | --reference <file> --current <file>',
  options: {
    reference: { type: 'string', value: '<file>', description: 'rows as they were, .csv, .jsonl (.gz) or .parquet' },
    current: { type: 'string', value: '<file>', description: 'rows as they are' },
    kind: {
      type: 'string',
      value: '<column=kind>',
      multiple: true,
      description: 'files: read a column as numeric, categorical or text; may be given several times',
    },
    from: { type: 'string', value: '<instant>', description: 'model: start of the period (default: the newest complete window)' },
    until: { type: 'string', value: '<instant>', description: 'model: end of the period (default: as far as the log reaches)' },
    against: {
      type: 'string',
      value: '<range>',
      description: 'model: compare with 2001-01-01/2001-02-01 instead of with the reference of the champion',
    },
    column: {
      type: 'string',
      value: '<name>',
      multiple: true,
      description: 'every distance, test and class of one column; may be given several times',
    },
    floor: { type: 'string', value: '<distance>', description: 'smallest effect that matters (default: 0.1, or as model.yml says)' },
    'minimum-rows': {
      type: 'string',
      value: '<number>',
      description: 'rows a side that a verdict needs (default: 200, or as model.yml says)',
    },
    adjust: {
      type: 'string',
      value: '<method>',
      description: 'p values over the columns: benjaminiHochberg (default), benjaminiYekutieli, holm, hochberg, bonferroni or sidak',
    },
    rows: { type: 'string', value: '<number>', description: 'rows a side to read at most, by a fixed hash (default: 200000)' },
    all: { type: 'boolean', description: `print all columns, not the first ${LINES}` },
    json: { type: 'boolean', description: 'print every figure of every column as JSON' },
    'fail-on-drift': { type: 'boolean', description: 'exit with 1 when a column drifted, changed its kind or is lost' },
    root: { type: 'string', value: '<folder>', description: 'model: root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'model: where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    'as-of': { type: 'string', value: '<instant>', description: 'model: look from this moment: later rows are not seen (default: now)' },
  },
  async run(context) {
    const asked = sheetOptions(context);
    const sheet = isOfFiles(context) ? await filesSheet(context, asked) : await modelSheet(context, asked);
    requireColumns(sheet, asked.only);
    if (context.options['json'] === true) context.print(JSON.stringify(sheet, null, 2));
    else await print(context, sheet, asked.only !== null);
    const failed = sheet.columns.some(({ verdict }) => ['drifted', 'kind-changed', 'only-in-reference'].includes(verdict));
    return failed && context.options['fail-on-drift'] === true ? 1 : 0;
  },
};

type Asked = ReturnType<typeof sheetOptions>;

async function filesSheet(context: CommandContext, asked: Asked): Promise<DriftSheet> {
  const { compareFiles } = await import('./compare-files.ts');
  return compareFiles(context, asked);
}

async function modelSheet(context: CommandContext, asked: Asked): Promise<DriftSheet> {
  const { compareModel } = await import('./compare-model.ts');
  return compareModel(context, asked);
}

/** Whether two files are compared. Throws a UserError (BAD_ARGUMENTS) for half of both. */
function isOfFiles({ options, positionals, lists }: CommandContext): boolean {
  const files = ['reference', 'current'].filter((name) => options[name] !== undefined);
  const ofModel = ['from', 'until', 'against'].filter((name) => options[name] !== undefined);
  const bad = (message: string, hint: string) => new UserError({ code: 'BAD_ARGUMENTS', message, hint });
  const example = 'for example: holdfast compare --reference january.csv --current february.csv';
  if (files.length === 0 && positionals.length === 0) throw bad('expected: two files, or the name of a model', example);
  if (files.length === 0 && lists?.['kind'] !== undefined)
    throw bad('--kind is for files; the columns of a model have the kinds that model.yml says', 'leave --kind out');
  if (files.length === 0) return false;
  if (files.length === 1) throw bad(`--${files[0] === 'reference' ? 'current' : 'reference'} is missing: two files are compared`, example);
  if (positionals.length > 0) throw bad(`"${positionals[0]}" is neither: give two files or a model, not both`, example);
  if (ofModel.length > 0) throw bad(`--${ofModel[0]} is for the log of a model; a file is compared whole`, `leave --${ofModel[0]} out`);
  return true;
}

function requireColumns(sheet: DriftSheet, only: readonly string[] | null): void {
  const unknown = only?.find((name) => sheet.columns.every((column) => column.name !== name));
  if (unknown === undefined) return;
  throw new UserError({
    code: 'COLUMN_UNKNOWN',
    message: `neither side has a column ${unknown}`,
    hint: 'names are compared letter by letter; without --column all are listed',
  });
}

async function print(context: CommandContext, sheet: DriftSheet, whole: boolean): Promise<void> {
  const [{ sheetTable }, { columnPage }] = await Promise.all([
    import('../core/views/drift-sheet/sheet-table.ts'),
    import('../core/views/drift-sheet/column-page.ts'),
  ]);
  const most = context.options['all'] === true ? Number.POSITIVE_INFINITY : LINES;
  const lines = whole
    ? sheet.columns.flatMap((column, place) => [...(place > 0 ? [''] : []), ...columnPage(column, sheet.rule)])
    : sheetTable(sheet, most);
  for (const line of lines) context.print(line);
}
