import type { Column } from '../schema/column.ts';
import { fairnessMeasuresOf, OF_CLASSES } from '../schema/fairness-measures.ts';
import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, GroupEstimate, GroupFigures } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Task } from '../schema/task.ts';
import { blockTotals, meanEstimate } from './block-totals.ts';
import { groupDisparity } from './group-disparity.ts';
import { type FigureRules, groupFigures } from './group-figures.ts';
import { type GroupTotals, groupTotals } from './group-totals.ts';
import { groupWidening } from './group-widening.ts';
import { type JudgedRows, judgeRows } from './judged-rows.ts';
import { type ProtectedGroups, protectedGroups } from './protected-groups.ts';
import { resamplingBlocks } from './resampling-blocks.ts';
import type { Answers } from './row-losses.ts';
import { withholdRates } from './withhold-rates.ts';

export interface FairnessMaterial {
  readonly definition: ModelDefinition;
  /** Rows with protected columns; labels may be missing (selection rates count all rows). */
  readonly rows: RowTable;
  readonly challenger: Answers;
  readonly champion: Answers | null;
  readonly seed: number;
  /** Bounds of numeric groups that were fixed before, by column. */
  readonly frozen?: Readonly<Record<string, readonly number[]>> | undefined;
}

/**
 * The groups of each protected column under one model, and under the champion too where there is one. What is compared depends on the task: see `fairnessMeasuresOf`.
 * Groups of fewer than monitoring.fairness.minimumRows or privacy.minimumCount rows are not compared, nor are rates with fewer than privacy.minimumCount rows behind them shown, nor what would tell them by subtraction.
 */
export function fairnessReport(material: FairnessMaterial): AttributeReport[] {
  const { definition, rows, champion, frozen } = material;
  const columns = definition.columns.filter(({ role }) => role === 'protected');
  if (columns.length === 0) return [];
  const blocks = resamplingBlocks(rows.timestamps);
  const under = (answers: Answers) => judgeRows(definition, { labels: rows.labels, answers, blocks });
  const judged = { ...material, challenger: under(material.challenger), champion: champion === null ? null : under(champion) };
  const { minimumCount } = definition.privacy;
  return columns.map((column) => {
    const sizes = { minimumRows: definition.monitoring.fairness.minimumRows, minimumCount };
    const grouping = protectedGroups(column, rows, { ...sizes, frozen: frozen?.[column.name] });
    return grouping.why === null ? attributeReport(column, grouping, judged) : unmeasured(column, grouping.why);
  });
}

function unmeasured({ name }: Column, why: string): AttributeReport {
  return { attribute: name, cuts: null, groups: [], disparities: [], foldedRows: 0, method: 'none', why };
}

interface Judged {
  readonly definition: ModelDefinition;
  readonly challenger: JudgedRows;
  readonly champion: JudgedRows | null;
  readonly seed: number;
}

function attributeReport({ name }: Column, grouping: ProtectedGroups, judged: Judged): AttributeReport {
  const { definition, challenger, champion } = judged;
  const { groups, cuts, foldedRows, small } = grouping;
  const rules: FigureRules = { level: definition.gate.confidence, least: definition.privacy.minimumCount };
  const told = withholdRates(
    [challenger, ...(champion === null ? [] : [champion])].map(({ rates, blocks }) =>
      groups.map((group) => groupTotals(group, rates, blocks)),
    ),
    rules.least,
  );
  const shown = groups.map((group, place) => (told.unlabelled.has(place) ? { ...group, positions: [] } : group));
  const now = groupsUnder(shown, { rows: challenger, totals: told.models[0] ?? [] }, rules);
  const before = champion === null ? null : groupsUnder(shown, { rows: champion, totals: told.models[1] ?? [] }, rules);
  const measures = fairnessMeasuresOf(definition);
  const [comparedNow = [], comparedBefore = null] = told.compared;
  // The class in which groups differ most is another one in every resample: what the largest of many differences gains is mostly chance.
  const widening = measures.filter((measure) => !OF_CLASSES.includes(measure));
  const widenings = comparedBefore === null ? null : widened(widening, { before: comparedBefore, now: comparedNow }, judged);
  const { favourable } = definition.labels;
  return {
    attribute: name,
    ...(favourable === undefined ? {} : { favourable }),
    cuts: cuts === null ? null : [...cuts],
    groups: now.map(({ group, figures }, index) => ({
      name: group.name,
      rows: groups[index]?.positions.length ?? 0,
      challenger: figures,
      champion: before?.[index]?.figures ?? null,
      increase: champion === null ? null : lossIncrease(group.positions, { challenger, champion }, rules),
    })),
    disparities: measures.map((measure) => ({
      measure,
      challenger: groupDisparity(measure, comparedNow, rules),
      champion: comparedBefore === null ? null : groupDisparity(measure, comparedBefore, rules),
      widening: widenings?.[widening.indexOf(measure)] ?? null,
    })),
    foldedRows,
    ...(small.length === 0 ? {} : { small: [...small] }),
    ...(told.together.length === 0 ? {} : { together: [...told.together] }),
    method: `Intervals over ${challenger.blocks.words}: ${INTERVALS[definition.task]}; distances hold for all pairs of groups`,
    why: groups.length < 2 ? 'Fewer than two groups have enough rows to be compared.' : null,
  };
}

const INTERVALS: Readonly<Record<Task, string>> = {
  binary: 'Wilson, Katz, Newcombe, Student',
  multiclass: 'Wilson, Katz, Newcombe, Student',
  regression: 'Student',
};

type Group = ProtectedGroups['groups'][number];

interface MeasuredGroup {
  readonly group: Group;
  readonly figures: GroupFigures;
}

/** `groups`: without the positions of those whose labelled rows may not be counted. */
function groupsUnder(
  groups: readonly Group[],
  { rows, totals }: { readonly rows: JudgedRows; readonly totals: readonly GroupTotals[] },
  rules: FigureRules,
): MeasuredGroup[] {
  return groups.flatMap((group, place) => {
    const of = totals[place];
    return of === undefined ? [] : [{ group, figures: groupFigures(group.positions, { totals: of, rows }, rules) }];
  });
}

function widened(
  measures: readonly FairnessMeasure[],
  { before, now }: { readonly before: readonly GroupTotals[]; readonly now: readonly GroupTotals[] },
  { definition, challenger, seed }: Judged,
): (GroupEstimate | null)[] {
  const { bootstrapReplicates: replicates, confidence: level } = definition.gate;
  const least = definition.privacy.minimumCount;
  const [of, blocks] = [{ champion: before, challenger: now }, challenger.blocks.count];
  return groupWidening({ measures, ...of, blocks, replicates, level, seed, least });
}

/** Loss of the challenger less loss of the champion, on the same rows. */
function lossIncrease(
  positions: readonly number[],
  { challenger, champion }: { readonly challenger: JudgedRows; readonly champion: JudgedRows },
  rules: FigureRules,
): GroupEstimate {
  const change = challenger.losses.map((loss, row) => loss - (champion.losses[row] ?? Number.NaN));
  return meanEstimate(blockTotals(change, positions, challenger.blocks), rules);
}
