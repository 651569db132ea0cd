import type { Column } from '../schema/column.ts';
import type { LogIntegrity } from '../schema/log-integrity.ts';
import { phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { SignalStatus } from '../schema/signal.ts';
import { figure } from './phrase-figures.ts';

/** One way in which a column can break its schema; `share` of its rows or files does. */
export interface SchemaFinding {
  readonly share: number;
  readonly status: Exclude<SignalStatus, 'insufficient-data'>;
  readonly why: string;
}

/** Type that the files state for a column that they do not hold. */
export const ABSENT = 'absent';

/**
 * The types that the files of a window state for a column, against those of the reference's files; null when they state none (text
 * formats hold everything as text) or nobody looked. A column that some files lack, or a category that turned from text into numbers or back, is a breach; a
 * number that is stored as text only warns, because whether it still reads as a number is judged by its values.
 */
export function storedTypes(current: LogIntegrity | undefined, reference: LogIntegrity | undefined, column: Column): SchemaFinding | null {
  const now = Object.entries(current?.types[column.name] ?? {});
  const before = Object.keys(reference?.types[column.name] ?? {});
  const files = now.reduce((sum, [, count]) => sum + count, 0);
  if (files === 0) return null;
  const usual = column.kind === 'numeric' ? ['number'] : before.filter((type) => type !== ABSENT);
  const absent = countOf(now, [ABSENT]);
  const wasAbsent = before.includes(ABSENT);
  if (absent > 0 && !(wasAbsent && !column.required)) {
    const why = `${figure(absent)} of ${phraseQuantity(files, 'file')} of the window ${phraseVerb(absent, 'has', 'have')} no column ${column.name}.`;
    return { share: absent / files, status: 'alert', why };
  }
  if (usual.length === 0) return null;
  const odd = now.filter(([type]) => type !== ABSENT && !usual.includes(type));
  const changed = odd.reduce((sum, [, count]) => sum + count, 0);
  const types = odd.map(([type]) => type).sort();
  const why =
    changed === 0
      ? `${files === 1 ? 'The file of the window stores' : `All ${figure(files)} files of the window store`} ${column.name} as ${usual.join(' or ')}.`
      : `${figure(changed)} of ${phraseQuantity(files, 'file')} of the window ${phraseVerb(changed, 'stores', 'store')} ${column.name} as ${types.join(' and ')} instead of ${usual.join(' or ')}.`;
  const status = changed === 0 ? 'ok' : column.kind === 'numeric' && types.every((type) => type === 'text') ? 'warning' : 'alert';
  return { share: changed / files, status, why };
}

function countOf(types: readonly (readonly [string, number])[], names: readonly string[]): number {
  return types.reduce((sum, [type, count]) => sum + (names.includes(type) ? count : 0), 0);
}
