import { basename } from 'node:path';
import { type ReadTable, readComparedTable } from '../adapters/duckdb/read-compared-table.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { DriftSheet } from '../core/schema/drift-sheet.ts';
import { MonitoringPolicy } from '../core/schema/monitoring-policy.ts';
import { driftSheet } from '../core/signals/drift-sheet/drift-sheet.ts';
import { recogniseSample } from '../core/signals/drift-sheet/recognise-sample.ts';
import type { CommandContext } from './command.ts';
import { requiredPath, textOption } from './folder-options.ts';
import { askedKinds } from './kind-option.ts';
import type { AskedSheet } from './sheet-options.ts';
import { sheetRule } from './sheet-rule.ts';

/** Compares two files. Throws a UserError: KIND_INVALID, COLUMN_UNKNOWN, and what `readComparedTable` throws. */
export async function compareFiles(context: CommandContext, asked: AskedSheet): Promise<DriftSheet> {
  const kinds = askedKinds(context.lists?.['kind'] ?? []);
  const paths = [requiredPath(context, 'reference'), requiredPath(context, 'current')] as const;
  const names = shortNames([textOption(context, 'reference') ?? '', textOption(context, 'current') ?? '']);
  const read = (place: 0 | 1) => readComparedTable({ path: paths[place], name: names[place], limit: asked.limit, kinds });
  const [reference, current] = await Promise.all([read(0), read(1)]);
  const unknown = Object.keys(kinds).find((name) => !(name in reference.columns) && !(name in current.columns));
  if (unknown !== undefined)
    throw new UserError({ code: 'COLUMN_UNKNOWN', message: `neither file has a column ${unknown}`, hint: 'correct the name in --kind' });
  // A kind that a person states says that the column is worth comparing.
  const recognised = Object.fromEntries(Object.entries(recogniseSample(reference, current)).filter(([name]) => !(name in kinds)));
  const policy = MonitoringPolicy.parse({});
  return driftSheet({
    model: null,
    reference,
    current,
    rule: sheetRule(policy, asked),
    detail: asked.isFull ? 'full' : 'brief',
    only: asked.only,
    words: policy,
    termsOf: (name) => ({ leftOut: recognised[name] ?? null, isPersonal: false, fewestRows: 1 }),
    notes: [reference, current].flatMap(readingNotes),
  });
}

function readingNotes({ name, unreadable, nested }: ReadTable): string[] {
  const lines = `${unreadable} ${unreadable === 1 ? 'line' : 'lines'} of ${name} could not be read: left out`;
  const columns = `lists, records and bytes are not compared: ${nested.join(', ')} of ${name}`;
  return [...(unreadable === 0 ? [] : [lines]), ...(nested.length === 0 ? [] : [columns])];
}

/** File names; paths as they were written where the names alone are the same. */
function shortNames([first, second]: readonly [string, string]): readonly [string, string] {
  const names = [basename(first), basename(second)] as const;
  return names[0] === names[1] ? [first, second] : names;
}
