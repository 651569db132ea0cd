import type { Engine } from './engine.ts';
import type { QueryPart } from './profile-queries.ts';
import type { WindowTally } from './window-tally.ts';

/** Counts the rows of a batch by UTC day into the tallies of their windows. Reads the event times alone. */
export async function countDays(engine: Engine, { batch, window, condition }: QueryPart, tallies: readonly WindowTally[]): Promise<void> {
  const table = await engine.query(`SELECT ${window.place('w')} AS w, d::VARCHAR AS d, n FROM (
SELECT ${window.key} AS w, ts::DATE AS d, count(*)::DOUBLE AS n FROM ${batch.relation} ${condition} GROUP BY ALL)`);
  const [w, n] = [table.numbers('w'), table.numbers('n')];
  for (const [row, day] of table.texts('d').entries()) {
    const days = tallies[w[row] ?? -1]?.days;
    if (day !== null) days?.set(day, (days.get(day) ?? 0) + (n[row] ?? 0));
  }
}
