import { join } from 'node:path';
import { type Batch, batchOf, groupByDay, type TimeRange, timeCondition, wholeDays } from './batch.ts';
import type { Engine } from './engine.ts';
import type { LogCatalog } from './log-catalog.ts';
import { type LogFile, type Problem, relationOf } from './log-file.ts';
import { quoteText } from './quote.ts';
import { readProblems } from './read-problems.ts';

/** Rows that are checked and profiled in one go: what keeps memory flat, however long the log is. */
const ROWS_PER_BATCH = 500_000;
const PROBE_ROWS = 4096;
const BAD_SCORE = 'score IS NOT NULL AND NOT (score >= 0 AND score <= 1)';
const NO_ID = "(id IS NULL OR id = '')";

/** The prediction log as checked batches. */
export interface CheckedLog {
  /** Batches that together hold every usable row of a range (and maybe rows around it), oldest first. */
  batches(range: TimeRange): Promise<readonly Batch[]>;
  /** Lines that were left out when files were staged, of all files. */
  stagingProblems(): Promise<readonly Problem[]>;
}

/**
 * Checks rows before they count: an id must be there and be new on its UTC day (the first row is kept), and a score must lie in [0, 1] or be
 * missing. A batch that passes is queried where it lies; one that does not is copied once without its bad rows.
 */
export function openCheckedLog(engine: Engine, catalog: LogCatalog): CheckedLog {
  const checked = new Map<string, Promise<Batch>>();
  return {
    async batches(range) {
      const days = wholeDays(range);
      const files = (await catalog.files()).filter((file) => file.rows > 0 && file.first < days.end && file.last >= days.start);
      const found: Batch[] = [];
      for (const group of groupByDay(files, ROWS_PER_BATCH)) {
        const condition = timeCondition(batchOf(group), days);
        const key = `${group.map((file) => file.key).join('\n')}\n${condition}`;
        const known = checked.get(key) ?? checkBatch(engine, group, { condition, number: checked.size });
        checked.set(key, known);
        found.push(await known);
      }
      return found;
    },
    async stagingProblems() {
      return (await catalog.files()).flatMap((file) => file.problems);
    },
  };
}

interface Check {
  readonly condition: string;
  readonly number: number;
}

async function checkBatch(engine: Engine, files: readonly LogFile[], check: Check): Promise<Batch> {
  const batch = batchOf(files);
  if (await isClean(engine, `(SELECT id, score FROM ${batch.relation} ${check.condition})`)) return batch;
  const target = join(engine.workFolder, `checked-${check.number}.parquet`);
  await engine.run(`COPY (${judged(files, check.condition)}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION lz4)`);
  const rows = `read_parquet(${quoteText(target)})`;
  const relation = `(SELECT * EXCLUDE (problem) FROM ${rows} WHERE problem IS NULL)`;
  return { ...batch, relation, integers: {}, problems: await countProblems(engine, rows) };
}

async function isClean(engine: Engine, rows: string): Promise<boolean> {
  const basics = `count(*) FILTER (WHERE ${NO_ID} OR (${BAD_SCORE})) AS bad`;
  // Ids that rise from row to row, as sequences and time-ordered ids do, are unique at the price of one comparison each; the order in which
  // the engine sees them does not matter for that. Others are told apart by their hashes; equal hashes are looked at closely.
  const probe = await engine.query(
    `SELECT ${RISING} AS rising FROM (SELECT id > lag(id) OVER () AS rises FROM (SELECT id FROM ${rows} LIMIT ${PROBE_ROWS}))`,
  );
  if (probe.numbers('rising')[0] === 1) {
    const all = await engine.query(
      `SELECT ${RISING} AS rising, ${basics} FROM (SELECT id, score, id > lag(id) OVER () AS rises FROM ${rows})`,
    );
    if (all.numbers('bad')[0] !== 0) return false;
    if (all.numbers('rising')[0] === 1) return true;
  }
  const table = await engine.query(`SELECT ${basics}, count(*) - count(DISTINCT hash(id)) AS twice FROM ${rows}`);
  return table.numbers('bad')[0] === 0 && table.numbers('twice')[0] === 0;
}

const RISING = 'coalesce(bool_and(rises), true)';

function judged(files: readonly LogFile[], condition: string): string {
  const turn = 'row_number() OVER (PARTITION BY id, ts::DATE, bad IS NULL ORDER BY ts, file_name, file_row)';
  return `SELECT * EXCLUDE (bad, file_name, file_row, turn), CASE WHEN bad IS NOT NULL THEN bad WHEN turn > 1 THEN 'duplicate-id' END AS problem
FROM (SELECT *, ${turn} AS turn FROM (SELECT *, CASE WHEN ${NO_ID} THEN 'missing-id' WHEN ${BAD_SCORE} THEN 'bad-score' END AS bad
FROM ${relationOf(files, true)} ${condition}))`;
}

async function countProblems(engine: Engine, rows: string): Promise<readonly Problem[]> {
  return readProblems(
    await engine.query(
      `SELECT problem, floor(epoch(ts)) AS at, count(*)::DOUBLE AS n FROM ${rows} WHERE problem IS NOT NULL GROUP BY ALL ORDER BY ALL`,
    ),
  );
}
