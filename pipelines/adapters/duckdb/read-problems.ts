import type { QuarantineReason } from '../../core/schema/quarantine.ts';
import type { Problem } from './log-file.ts';
import type { ResultTable } from './read-result.ts';

/** Problems from a result with the columns problem (a reason that our own queries wrote), at (seconds, may be NULL) and n. */
export function readProblems(table: ResultTable): readonly Problem[] {
  const [at, rows] = [table.numbers('at'), table.numbers('n')];
  return table.texts('problem').map((reason, index) => {
    const second = at[index] ?? Number.NaN;
    return { reason: reason as QuarantineReason, at: Number.isNaN(second) ? null : second, rows: rows[index] ?? 0 };
  });
}
