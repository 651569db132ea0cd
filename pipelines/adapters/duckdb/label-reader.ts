import { join } from 'node:path';
import { durationSeconds } from '../../core/schema/duration.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Engine } from './engine.ts';
import { consensusOf, labelOpinions } from './label-opinions.ts';
import { labelValue, refuseLabels, WRONG_VALUES } from './label-values.ts';
import type { LogCatalog } from './log-catalog.ts';
import { type LogFile, type Problem, relationOf } from './log-file.ts';
import { quoteText, quoteTime } from './quote.ts';
import { readProblems } from './read-problems.ts';
import { hasSoundIds } from './sound-ids.ts';
import { openSoundParts, type SoundParts } from './sound-parts.ts';

/** Labels that had arrived, one an id, ready to join. */
export interface ArrivedLabels {
  /**
   * Subquery with the columns id, y, arrived (its time; NULL where labels have none), first (when the id was first labelled) and corrected (whether it
   * has been labelled otherwise before); null when there is none.
   */
  readonly relation: string | null;
  /** Label rows that were set aside, at the time at which their prediction was due. */
  readonly problems: readonly Problem[];
}

export interface LabelRequest {
  /** Arrival of the oldest label that is wanted, seconds since the epoch; files that end before it are passed over. */
  readonly since: number;
  /** Seconds since the epoch; labels after it do not exist yet. */
  readonly asOf: number;
}

/** Clocks may differ by this much, seconds: a label stamped earlier before its prediction than this is no label of it, and is counted. */
export const CLOCK_TOLERANCE = 86_400;
/** So long before a prediction its label is looked for, seconds. One stamped earlier still is counted where it was due, not where its prediction is. */
export const EARLY_SEARCH = 4 * CLOCK_TOLERANCE;

/** Reads the labels of a label log of its own. */
export interface LabelReader {
  arrived(request: LabelRequest): Promise<ArrivedLabels>;
  /** The last label of each annotator for each id (see `labelOpinions`), in SQL; null when there is none. For labels with annotators only. */
  opinions(request: LabelRequest): Promise<string | null>;
}

/**
 * Opens the label log. Of several labels for one id the one that arrived last counts (at one instant: the last in file order), so a
 * correction replaces what it corrects and never counts twice. Where labels carry annotators, each corrects only themselves, and what most of them say counts.
 */
export function openLabelReader(engine: Engine, catalog: LogCatalog, definition: ModelDefinition): LabelReader {
  const known = new Map<string, Promise<ArrivedLabels>>();
  const sound = openSoundParts();
  const timed = definition.labels.columns.timestamp !== undefined;
  return {
    async arrived({ since, asOf }) {
      const files = await catalog.files();
      const wanted = files.filter((file) => file.rows > 0 && file.last >= since && (!timed || file.first <= asOf));
      const condition = wanted.some((file) => timed && file.last > asOf) ? `WHERE ts <= ${quoteTime(asOf)}` : '';
      const key = `${wanted.map((file) => file.key).join('\n')}\n${condition}`;
      const labels = known.get(key) ?? readLabels(engine, wanted, { condition, asOf, timed, definition, sound, number: known.size });
      known.set(key, labels);
      const { relation, problems } = await labels;
      const staged = files.flatMap((file) => file.problems).filter(({ at }) => at === null || at <= asOf);
      return { relation, problems: [...staged.map((problem) => dueAt(problem, definition)), ...problems] };
    },
    async opinions({ since, asOf }) {
      const files = (await catalog.files()).filter((file) => file.rows > 0 && file.last >= since && (!timed || file.first <= asOf));
      const condition = timed ? `WHERE ts <= ${quoteTime(asOf)}` : '';
      return files.length === 0 ? null : labelOpinions({ files, condition, definition, value: labelValue('label', definition) });
    },
  };
}

interface Selection {
  readonly condition: string;
  readonly asOf: number;
  readonly sound: SoundParts;
  readonly timed: boolean;
  readonly definition: ModelDefinition;
  readonly number: number;
}

async function readLabels(engine: Engine, files: readonly LogFile[], selection: Selection): Promise<ArrivedLabels> {
  if (files.length === 0) return { relation: null, problems: [] };
  const { condition, asOf, timed, definition, sound } = selection;
  const y = labelValue('label', definition);
  const arrived = timed ? 'ts' : 'NULL::TIMESTAMP';
  const rows = `(SELECT id, ${y} AS y, ${arrived} AS arrived, ${arrived} AS first, false AS corrected FROM ${relationOf(files)} ${condition})`;
  const part = { files, range: { start: Number.NEGATIVE_INFINITY, end: asOf } };
  // Sound rows have a label each; that there are any is certain where a whole file is in sight.
  if (files.some(({ last }) => !timed || last <= asOf) && (await sound.covers(part))) return { relation: rows, problems: [] };
  let isEmpty = false;
  const isSound = await sound.ask(part, async () => {
    const table = await engine.query(`SELECT count(*) AS n, count(y) AS labels FROM ${rows}`);
    const [n = 0, labels = 0] = ['n', 'labels'].map((name) => table.numbers(name)[0]);
    isEmpty = n === 0;
    if (labels === 0 && n >= WRONG_VALUES) await refuseLabels(engine, `${relationOf(files)} ${condition}`, definition);
    const complete = files.every((file) => file.complete.includes('id'));
    return labels === n && !isEmpty && (await hasSoundIds(engine, rows, { complete, most: n }));
  });
  if (isEmpty) return { relation: null, problems: [] };
  if (isSound) return { relation: rows, problems: [] };
  return lastLabels(engine, files, selection);
}

/** Copies the labels once, with bad ones marked and only the last of each id, or what most annotators say of it. */
async function lastLabels(
  engine: Engine,
  files: readonly LogFile[],
  { condition, timed, definition, number }: Omit<Selection, 'asOf' | 'sound'>,
): Promise<ArrivedLabels> {
  const target = join(engine.workFolder, `labels-${number}.parquet`);
  const marked =
    definition.labels.columns.annotator === undefined
      ? lastOf(files, { condition, timed, definition })
      : agreedOf(files, { condition, definition });
  await engine.run(`COPY ${marked} TO ${quoteText(target)} (FORMAT parquet, COMPRESSION lz4)`);
  const rows = `read_parquet(${quoteText(target)})`;
  const bad = await engine.query(
    `SELECT problem, floor(epoch(arrived)) AS at, count(*)::DOUBLE AS n FROM ${rows} WHERE problem IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
  const relation = `(SELECT id, y, arrived, first, corrected FROM ${rows} WHERE problem IS NULL)`;
  return { relation, problems: readProblems(bad).map((problem) => dueAt(problem, definition)) };
}

/** The last label of each id, and every bad one. */
function lastOf(
  files: readonly LogFile[],
  { condition, timed, definition }: Pick<Selection, 'condition' | 'timed' | 'definition'>,
): string {
  const arrived = timed ? 'ts' : 'NULL::TIMESTAMP';
  const each = 'PARTITION BY id, problem IS NULL';
  const turn = `row_number() OVER (${each} ORDER BY arrived DESC, file_name DESC, file_row DESC) AS turn`;
  const history = `min(arrived) OVER (${each}) AS first, min(y) OVER (${each}) <> max(y) OVER (${each}) AS corrected`;
  return `(SELECT id, y, arrived, first, corrected, problem FROM (SELECT *, ${turn}, ${history} FROM (
SELECT id, ${labelValue('label', definition)} AS y, ${arrived} AS arrived, file_name, file_row,
CASE WHEN id IS NULL OR id = '' THEN 'missing-id' WHEN y IS NULL THEN 'bad-label' END AS problem
FROM ${relationOf(files, true)} ${condition})) WHERE problem IS NOT NULL OR turn = 1)`;
}

/** What most annotators say of each id, and every bad label. */
function agreedOf(files: readonly LogFile[], { condition, definition }: Pick<Selection, 'condition' | 'definition'>): string {
  const opinions = labelOpinions({ files, condition, definition, value: labelValue('label', definition) });
  const bad = `SELECT id, y, arrived, first, changed AS corrected, problem FROM ${opinions} WHERE problem IS NOT NULL`;
  return `(SELECT id, y, arrived, first, corrected, NULL::VARCHAR AS problem FROM ${consensusOf(opinions, definition)} UNION ALL ${bad})`;
}

/** A label problem counts where its prediction was due: one usual delay before it arrived. */
export function dueAt(problem: Problem, definition: ModelDefinition): Problem {
  return problem.at === null ? problem : { ...problem, at: problem.at - durationSeconds(definition.labels.delay) };
}

/** Whether a label arrived too early to be a label of its prediction, in SQL over two times. */
export function isTooEarly(arrived: string, predicted: string): string {
  return `${arrived} < ${predicted} - INTERVAL ${CLOCK_TOLERANCE} SECOND`;
}

/** Whether a label arrived near enough to its prediction to be looked for there, in SQL over two times. */
export function isNear(arrived: string, predicted: string): string {
  return `${arrived} >= ${predicted} - INTERVAL ${EARLY_SEARCH} SECOND`;
}
