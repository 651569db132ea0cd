import type { Column } from '../schema/column.ts';
import { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, GroupEstimate } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import { blockTotals, meanEstimate } from './block-totals.ts';
import { groupDisparity } from './group-disparity.ts';
import { type FigureRules, groupFigures } from './group-figures.ts';
import type { BinaryRows, GroupTotals } from './group-totals.ts';
import { groupWidening } from './group-widening.ts';
import { type ProtectedGroups, protectedGroups } from './protected-groups.ts';
import { type ResamplingBlocks, resamplingBlocks } from './resampling-blocks.ts';
import { type Answers, rowLosses } from './row-losses.ts';

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
 * The groups of each protected column under one model, and under the champion too where there is one. Binary models only: what a selection is must be known.
 * Groups of fewer than monitoring.fairness.minimumRows or privacy.minimumCount rows are not shown, nor are rates with fewer than privacy.minimumCount rows behind them.
 */
export function fairnessReport(material: FairnessMaterial): AttributeReport[] {
  const { definition, rows, frozen } = material;
  const { fairness } = definition.monitoring;
  const minimumRows = Math.max(fairness.minimumRows, definition.privacy.minimumCount);
  const blocks = resamplingBlocks(rows.timestamps);
  return definition.columns
    .filter(({ role }) => role === 'protected')
    .map((column) => {
      if (definition.task !== 'binary') return unmeasured(column, 'Groups are compared for binary models only.');
      const grouping = protectedGroups(column, rows, { minimumRows, frozen: frozen?.[column.name] });
      return grouping.why === null ? attributeReport(column, grouping, { ...material, blocks }) : unmeasured(column, grouping.why);
    });
}

function unmeasured({ name }: Column, why: string): AttributeReport {
  return { attribute: name, cuts: null, groups: [], disparities: [], foldedRows: 0, method: 'none', why };
}

function attributeReport(
  { name }: Column,
  { groups, cuts, foldedRows }: ProtectedGroups,
  material: FairnessMaterial & { readonly blocks: ResamplingBlocks },
): AttributeReport {
  const { definition, rows, blocks, champion, seed } = material;
  const rules: FigureRules = { level: definition.gate.confidence, least: definition.privacy.minimumCount };
  const under = (answers: Answers) => {
    const setting: BinaryRows = { definition, labels: rows.labels, answers, blocks };
    return groups.map((group) => groupFigures(group, setting, rules));
  };
  const challenger = under(material.challenger);
  const before = champion === null ? null : under(champion);
  const increases = champion === null ? null : lossIncreases(groups, { ...material, champion }, rules);
  const totals = (figures: readonly { readonly totals: GroupTotals }[]) => figures.map((each) => each.totals);
  const measures = FairnessMeasure.options;
  const { bootstrapReplicates: replicates, confidence: level } = definition.gate;
  const widenings =
    before === null
      ? null
      : groupWidening({
          measures,
          champion: totals(before),
          challenger: totals(challenger),
          blocks: blocks.count,
          replicates,
          level,
          seed,
          least: rules.least,
        });
  return {
    attribute: name,
    cuts: cuts === null ? null : [...cuts],
    groups: groups.flatMap((group, index) => {
      const figures = challenger[index]?.figures;
      if (figures === undefined) return [];
      return [
        {
          name: group.name,
          rows: group.positions.length,
          challenger: figures,
          champion: before?.[index]?.figures ?? null,
          increase: increases?.[index] ?? null,
        },
      ];
    }),
    disparities: measures.map((measure, index) => ({
      measure,
      challenger: groupDisparity(measure, totals(challenger), rules),
      champion: before === null ? null : groupDisparity(measure, totals(before), rules),
      widening: widenings?.[index] ?? null,
    })),
    foldedRows,
    method: `Intervals over ${blocks.words}: Wilson, Katz, Newcombe, Student; distances hold for all pairs of groups`,
    why: groups.length < 2 ? 'Fewer than two groups have enough rows to be compared.' : null,
  };
}

function lossIncreases(
  groups: ProtectedGroups['groups'],
  { definition, rows, challenger, champion, blocks }: FairnessMaterial & { readonly champion: Answers; readonly blocks: ResamplingBlocks },
  rules: FigureRules,
): GroupEstimate[] {
  const before = rowLosses(definition, rows.labels, champion);
  const change = rowLosses(definition, rows.labels, challenger).map((loss, row) => loss - (before[row] ?? Number.NaN));
  return groups.map(({ positions }) => meanEstimate(blockTotals(change, positions, blocks), rules));
}
