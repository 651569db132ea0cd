import type { Engine } from './engine.ts';

const PROBE_ROWS = 4096;
/** Two row groups: to read a few rows, the engine unpacks about as much as this. */
const WORTH_A_PROBE = 245_760;

/** What the footers tell of the rows of a subquery. */
interface KnownOfIds {
  /** Every row has an id. */
  readonly complete: boolean;
  /** The subquery holds at most this many rows. */
  readonly most: number;
}

/** Whether every row of a subquery has an id and no id comes twice. */
export async function hasSoundIds(engine: Engine, rows: string, { complete, most }: KnownOfIds): Promise<boolean> {
  // Ids that rise from row to row, as sequences and time-ordered ids do, are unique at the price of one comparison each; the order in which
  // the engine sees them does not matter for that. Others are told apart by their hashes; rows of equal hash are looked at closely.
  const falls = (from: string) =>
    `SELECT count(*) AS falls FROM (SELECT id, lag(id) OVER () AS previous FROM ${from}) WHERE id <= previous`;
  const missing = `SELECT count(*) - count(id) + count(*) FILTER (WHERE id = '') AS missing FROM ${rows}`;
  if (!complete && (await engine.query(missing)).numbers('missing')[0] !== 0) return false;
  const rising = async (from: string) => (await engine.query(falls(from))).numbers('falls')[0] === 0;
  const isWorthwhile = most <= WORTH_A_PROBE || (await rising(`(SELECT id FROM ${rows} LIMIT ${PROBE_ROWS})`));
  if (isWorthwhile && (await rising(rows))) return true;
  const table = await engine.query(`SELECT count(*) - count(DISTINCT hash(id)) AS twice FROM ${rows}`);
  return table.numbers('twice')[0] === 0;
}
