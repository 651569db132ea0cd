import { join } from 'node:path';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import { type Batch, batchOf, groupByDay, type TimeRange, timeCondition, wholeDays } from './batch.ts';
import type { Engine } from './engine.ts';
import type { LogCatalog } from './log-catalog.ts';
import { type LogFile, type Problem, relationOf } from './log-file.ts';
import { quoteText } from './quote.ts';
import { readProblems } from './read-problems.ts';
import { hasSoundIds } from './sound-ids.ts';
import { openSoundParts } from './sound-parts.ts';
import { soundCall, soundScore } from './sound-rows.ts';

/** Rows that are checked and profiled in one go: what keeps memory flat, however long the log is. */
const ROWS_PER_BATCH = 2_000_000;

/** The prediction log as checked batches. */
export interface CheckedLog {
  /**
   * Batches that together hold every usable row of a range (and maybe rows around it), oldest first. Ids are present and unique within a
   * UTC day: the first row of an id is kept. Scores may still be out of range, and called classes unknown.
   */
  batches(range: TimeRange): Promise<readonly Batch[]>;
  /** The same batch without rows whose score or called class cannot be (see `soundPrediction`); those are among its problems. */
  withSoundPredictions(batch: Batch): Promise<Batch>;
  /** Lines that were left out when files were staged, of all files. */
  stagingProblems(): Promise<readonly Problem[]>;
}

/** Opens the check of a log. A batch that passes is queried where it lies; one that does not is copied once without its bad rows. */
export function openCheckedLog(engine: Engine, catalog: LogCatalog, definition: ModelDefinition): CheckedLog {
  const checked = new Map<string, Promise<Batch>>();
  const cleaned = new Map<Batch, Promise<Batch>>();
  const sound = openSoundParts();
  const origins = new Map<Batch, { readonly files: readonly LogFile[]; readonly condition: string }>();
  function clean(batch: Batch): Promise<Batch> {
    const origin = origins.get(batch);
    if (origin === undefined) return Promise.resolve(batch);
    const known = cleaned.get(batch) ?? cleanBatch(engine, batch, { ...origin, number: cleaned.size, definition });
    cleaned.set(batch, known);
    return known;
  }
  async function check(files: readonly LogFile[], days: TimeRange): Promise<Batch> {
    const batch = batchOf(files);
    const condition = timeCondition(batch, days);
    origins.set(batch, { files, condition });
    const part = { files, range: days };
    if (await sound.covers(part)) return batch;
    const known = { complete: batch.complete.includes('id'), most: batch.rows };
    const isSound = await sound.ask(part, () => hasSoundIds(engine, `(SELECT id FROM ${batch.relation} ${condition})`, known));
    return isSound ? batch : clean(batch);
  }
  return {
    async batches(range) {
      const days = wholeDays(range);
      const files = (await catalog.files()).filter((file) => file.rows > 0 && file.first < days.end && file.last >= days.start);
      const found: Batch[] = [];
      for (const group of groupByDay(files, ROWS_PER_BATCH)) {
        const key = `${group.map((file) => file.key).join('\n')}\n${timeCondition(batchOf(group), days)}`;
        const known = checked.get(key) ?? check(group, days);
        checked.set(key, known);
        found.push(await known);
      }
      return found;
    },
    withSoundPredictions: clean,
    async stagingProblems() {
      return (await catalog.files()).flatMap((file) => file.problems);
    },
  };
}

interface Cleaning {
  readonly files: readonly LogFile[];
  readonly condition: string;
  readonly number: number;
  readonly definition: ModelDefinition;
}

async function cleanBatch(engine: Engine, batch: Batch, { files, condition, number, definition }: Cleaning): Promise<Batch> {
  const target = join(engine.workFolder, `checked-${number}.parquet`);
  await engine.run(`COPY (${judged(files, condition, definition)}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION lz4)`);
  const rows = `read_parquet(${quoteText(target)})`;
  const bad = `SELECT problem, floor(epoch(ts)) AS "at", count(*)::DOUBLE AS n FROM ${rows} WHERE problem IS NOT NULL GROUP BY ALL ORDER BY ALL`;
  const relation = `(SELECT * EXCLUDE (problem) FROM ${rows} WHERE problem IS NULL)`;
  return { ...batch, relation, integers: {}, complete: [], constants: {}, problems: readProblems(await engine.query(bad)) };
}

function judged(files: readonly LogFile[], condition: string, definition: ModelDefinition): string {
  const turn = 'row_number() OVER (PARTITION BY id, ts::DATE, bad IS NULL ORDER BY ts, file_name, file_row)';
  return `SELECT * EXCLUDE (bad, file_name, file_row, turn), CASE WHEN bad IS NOT NULL THEN bad WHEN turn > 1 THEN 'duplicate-id' END AS problem
FROM (SELECT *, ${turn} AS turn FROM (SELECT *,
CASE WHEN id IS NULL OR id = '' THEN 'missing-id' WHEN NOT ${soundScore(definition.task)} THEN 'bad-score'
WHEN NOT ${soundCall(definition)} THEN 'bad-prediction' END AS bad
FROM ${relationOf(files, true)} ${condition}))`;
}
