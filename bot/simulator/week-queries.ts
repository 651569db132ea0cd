import { epochSeconds } from '../../pipelines/core/schema/instant.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';

const LATE_MINUTES = 15;
const LABEL_DELAY = 'INTERVAL 1 DAY';
const FILE_FORMAT = '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)';

/** Fills the table `week` with the flights of a window, in file order, which is time order; `share` of them, the same at every run. */
export function loadWeek(source: string, window: Window, share: number): string {
  return `CREATE OR REPLACE TEMP TABLE week AS
SELECT 'f' || lpad((file_row_number + 1)::VARCHAR, 7, '0') AS id, date AS ts, hour(date)::SMALLINT AS hour,
  (isodow(date) - 1)::SMALLINT AS weekday, origin, destination, distance::INTEGER AS distance, (delay > ${LATE_MINUTES})::UTINYINT AS late
FROM read_parquet(${text(source)}, file_row_number = true)
WHERE date >= ${time(window.start)} AND date < ${time(window.end)} AND ${sampled(share)}
ORDER BY file_row_number`;
}

/** Writes the predictions of the week, with the scores of the table `scored` and their version, or with neither. */
export function writePredictions(target: string, version: string | null): string {
  const scored = version === null ? '' : 'POSITIONAL JOIN scored';
  const score = version === null ? 'NULL::DOUBLE' : 'scored.score';
  const name = version === null ? 'NULL' : text(version);
  return `COPY (SELECT id, ts, hour, weekday, origin, destination, distance, ${score} AS score, ${name}::VARCHAR AS model_version
FROM week ${scored}) TO ${text(target)} ${FILE_FORMAT}`;
}

/** Writes the labels of the week: each says when it arrived, one day after its flight. */
export function writeLabels(target: string): string {
  return `COPY (SELECT id, late, ts + ${LABEL_DELAY} AS label_ts FROM week) TO ${text(target)} ${FILE_FORMAT}`;
}

/** What a model may know before departure. The label is not among it. */
export const READ_FEATURES = `SELECT id, epoch(ts)::DOUBLE AS ts, hour::DOUBLE AS hour, weekday::DOUBLE AS weekday, origin, destination,
  distance::DOUBLE AS distance FROM week`;

// Two rounds of the Lehmer generator (Park and Miller, 1988; multipliers of L'Ecuyer) spread the row numbers evenly: a smaller share is
// part of a larger one, and no engine's own hash, which may change with its version, decides which flights are flown.
function sampled(share: number): string {
  if (share >= 1) return 'true';
  const first = '((file_row_number + 1) * 48271) % 2147483647';
  const second = `(xor(${first}, (${first}) >> 13) * 69621) % 2147483647`;
  return `(${second}) < ${Math.round(share * 2_147_483_647)}`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function time(instant: string): string {
  return `make_timestamp(${epochSeconds(instant)}000000::BIGINT)`;
}
