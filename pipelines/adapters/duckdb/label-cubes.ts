import { emptyCube, LABEL_CELLS } from '../../core/profile/label-cube.ts';
import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { LabelCell, LabelCube } from '../../core/schema/label-cube.ts';
import type { QuarantineCounts } from '../../core/schema/quarantine.ts';
import type { Task } from '../../core/schema/task.ts';
import type { Window } from '../../core/schema/window.ts';
import { confusionQuery, withConfusion } from './confusion-cells.ts';
import { type CountedCells, unplacedCube } from './counted-cells.ts';
import { errorQuery, readErrors } from './error-cubes.ts';
import { joinedRows } from './joined-rows.ts';
import { labelProblems } from './label-problems.ts';
import { classPlace } from './label-values.ts';
import { narrowed, type OpenLogs, openReading, type Reading } from './open-logs.ts';
import { addProblems } from './place-problems.ts';
import type { ResultTable } from './read-result.ts';
import { visibleRange } from './visible-range.ts';
import { partsOfRun, type WindowRun, windowKey, windowRuns } from './window-runs.ts';
import { storedSum } from './window-tally.ts';

/** Windows are joined a month at a time, which bounds memory, in at most eight passes over the labels, which bounds time. */
const PART = { windows: 28, parts: 8 };
const SMALLEST_PROBABILITY = '1e-15::DOUBLE';
/** No cell of a score. */
const EARLY_CELL = -1;

/**
 * Label cubes of windows, one a version with labelled rows. Label rows that were set aside are counted on the first cube of their window; a
 * window without cubes then has one of zero rows and no version, so that nothing is lost.
 */
export async function labelCubes(logs: OpenLogs, windows: readonly Window[], asOf: Instant): Promise<readonly LabelCube[]> {
  const cubes: LabelCube[] = [];
  const timed = logs.definition.labels.columns.timestamp !== undefined;
  for (const run of windowRuns(windows)) {
    const whole = await openReading(logs, visibleRange(run, asOf), epochSeconds(asOf));
    for (const part of partsOfRun(run, PART)) {
      const reading = narrowed(whole, visibleRange(part, asOf), timed);
      cubes.push(...(await partCubes(logs, part, { reading, windows: windows.slice(part.offset, part.offset + part.count), asOf })));
    }
  }
  return cubes;
}

interface Part {
  readonly reading: Reading;
  readonly windows: readonly Window[];
  readonly asOf: Instant;
}

async function partCubes(logs: OpenLogs, run: WindowRun, { reading, windows, asOf }: Part): Promise<readonly LabelCube[]> {
  const { cubes, early } = await countCells(logs, run, reading);
  const tallies = windows.map((_, index): { quarantined: QuarantineCounts } => {
    const rows = early.get(run.offset + index);
    return { quarantined: rows === undefined ? {} : { 'label-before-prediction': rows } };
  });
  addProblems(await labelProblems(logs, run, reading), { windows, asOf }, tallies);
  return windows.flatMap((window, index) => withProblems(cubes.get(run.offset + index) ?? [], window, tallies[index]?.quarantined ?? {}));
}

function withProblems(versions: readonly LabelCube[], window: Window, quarantined: QuarantineCounts): readonly LabelCube[] {
  const [first, ...rest] = versions;
  if (Object.keys(quarantined).length === 0) return versions.map((cube) => ({ ...cube, window }));
  return [{ ...(first ?? emptyCube(window, null)), quarantined }, ...rest].map((cube) => ({ ...cube, window }));
}

/** The cubes of a run, versions ascending: rows come in order of window, version and cell. Rows with a label stamped too early are a cell of their own. */
async function countCells(logs: OpenLogs, run: WindowRun, reading: Reading): Promise<CountedCells> {
  const { definition, engine } = logs;
  const { key, place } = windowKey(run);
  const { modelVersion, prediction } = definition.logs.columns;
  const version = modelVersion === undefined ? 'NULL::VARCHAR AS version' : "NULLIF(version, '') AS version";
  const called = prediction === undefined ? '' : `, ${classPlace('prediction', definition.labels.classes ?? [])} AS called`;
  const columns = `id, ts, score, ${version}, ${place(key)} AS w${called}`;
  const request = { ...reading, definition, labels: reading.labels.relation, columns };
  const joined = joinedRows({ ...request, labelledOnly: true, keepEarly: true });
  if (joined === null) return { cubes: new Map(), early: new Map() };
  if (definition.task === 'regression') return readErrors(await engine.query(errorQuery(joined)));
  const counted = readCells(await engine.query(cellQuery(joined, definition.task)));
  if (definition.task === 'binary') return counted;
  return { ...counted, cubes: withConfusion(counted.cubes, await engine.query(confusionQuery(joined))) };
}

/** Labelled rows by cell of score. Of a multiclass task the rows with a called class, positive where it was right. */
function cellQuery(joined: string, task: Task): string {
  const [usable, positive] =
    task === 'binary' ? ['score IS NOT NULL', 'y'] : ['score IS NOT NULL AND called IS NOT NULL', '(called = y)::INTEGER'];
  return `
SELECT w, version, CASE WHEN early THEN ${EARLY_CELL} ELSE least(${LABEL_CELLS - 1}, floor(score * ${LABEL_CELLS}))::INTEGER END AS cell,
  count(*)::DOUBLE AS n, sum(positive)::DOUBLE AS positives, sum(score::DOUBLE) AS s, sum(score::DOUBLE * score) AS ss,
  sum(-ln(greatest(CASE positive WHEN 1 THEN score ELSE 1 - score END::DOUBLE, ${SMALLEST_PROBABILITY}))) AS loss
FROM (SELECT *, ${positive} AS positive FROM ${joined}) WHERE early OR (${usable}) GROUP BY ALL ORDER BY w, version NULLS FIRST, cell`;
}

function readCells(table: ResultTable): CountedCells {
  const cubes = new Map<number, LabelCube[]>();
  const early = new Map<number, number>();
  const [w, cell, n, positives, s, ss, loss] = ['w', 'cell', 'n', 'positives', 's', 'ss', 'loss'].map((name) => table.numbers(name));
  let open: OpenCube | null = null;
  for (const [row, version] of table.texts('version').entries()) {
    const place = w?.[row] ?? -1;
    const [rows = 0, yes = 0] = [n?.[row], positives?.[row]];
    if (cell?.[row] === EARLY_CELL) {
      early.set(place, (early.get(place) ?? 0) + rows);
      continue;
    }
    if (open === null || open.place !== place || open.version !== version) {
      if (open !== null) add(cubes, open);
      open = { place, version, labelled: 0, positives: 0, loss: 0, cells: [] };
    }
    open.labelled += rows;
    open.positives += yes;
    open.loss += loss?.[row] ?? 0;
    open.cells.push([cell?.[row] ?? 0, rows - yes, yes, storedSum(s?.[row] ?? 0), storedSum(ss?.[row] ?? 0)]);
  }
  if (open !== null) add(cubes, open);
  return { cubes, early };
}

/** A cube while its cells come in. */
interface OpenCube {
  readonly place: number;
  readonly version: string | null;
  labelled: number;
  positives: number;
  loss: number;
  readonly cells: LabelCell[];
}

function add(cubes: Map<number, LabelCube[]>, { place, version, labelled, positives, loss, cells }: OpenCube): void {
  const cube = { ...unplacedCube(version), labelled, positives, logLossSum: storedSum(loss), cells };
  cubes.set(place, [...(cubes.get(place) ?? []), cube]);
}
