import type { Engine } from './engine.ts';

const PROBE_ROWS = 4096;

/** Whether every row of a subquery has an id and no id comes twice. `complete`: it is known that every row has one. */
export async function hasSoundIds(engine: Engine, rows: string, complete: boolean): Promise<boolean> {
  // Ids that rise from row to row, as sequences and time-ordered ids do, are unique at the price of one comparison each; the order in which
  // the engine sees them does not matter for that. Others are told apart by their hashes; rows of equal hash are looked at closely.
  const falls = (from: string) =>
    `SELECT count(*) AS falls FROM (SELECT id, lag(id) OVER () AS previous FROM ${from}) WHERE id <= previous`;
  const missing = `SELECT count(*) - count(id) + count(*) FILTER (WHERE id = '') AS missing FROM ${rows}`;
  if (!complete && (await engine.query(missing)).numbers('missing')[0] !== 0) return false;
  const probe = await engine.query(falls(`(SELECT id FROM ${rows} LIMIT ${PROBE_ROWS})`));
  if (probe.numbers('falls')[0] === 0 && (await engine.query(falls(rows))).numbers('falls')[0] === 0) return true;
  const table = await engine.query(`SELECT count(*) - count(DISTINCT hash(id)) AS twice FROM ${rows}`);
  return table.numbers('twice')[0] === 0;
}
