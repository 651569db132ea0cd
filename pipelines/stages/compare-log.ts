import { UserError } from '../core/errors/user-error.ts';
import type { DriftSheet, SheetRule } from '../core/schema/drift-sheet.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Window } from '../core/schema/window.ts';
import type { SheetDetail } from '../core/signals/drift-sheet/column-sheet.ts';
import { comparedRows } from '../core/signals/drift-sheet/compared-rows.ts';
import { driftSheet } from '../core/signals/drift-sheet/drift-sheet.ts';
import { modelTerms } from '../core/signals/drift-sheet/model-terms.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import { completeWindows } from './complete-windows.ts';

export interface LogComparison {
  readonly definition: ModelDefinition;
  /** Of the version that serves; null where none does. */
  readonly reference: ReferenceProfile | null;
  readonly log: PredictionLog;
  readonly asOf: Instant;
  /** null: the newest complete window. Without an end it reaches as far as the log. */
  readonly period: { readonly from: Instant; readonly until: Instant | null } | null;
  /** What to compare with; null: the range of the reference. */
  readonly against: Window | null;
  /** Rows a side at most, chosen by hash of id. */
  readonly limit: number;
  readonly rule: SheetRule;
  readonly detail: SheetDetail;
  readonly only: readonly string[] | null;
}

/**
 * Compares two ranges of a model's own log, column by column and the predictions, over the classes that its champion froze. Reads rows through the log, in memory only.
 * Throws a UserError: LOG_EMPTY, REFERENCE_MISSING, NO_COMPLETE_WINDOW, RANGE_EMPTY.
 */
export async function compareLog(task: LogComparison): Promise<DriftSheet> {
  const { definition, reference, log, asOf, limit, rule, detail, only } = task;
  const range = await rangesOf(task);
  const rowsOf = async (window: Window, name: string) => {
    const rows = await log.rows({ range: window, asOf, limit, labelledOnly: false });
    if (rows.ids.length > 0) return comparedRows(definition, rows, { name, isFull: rows.ids.length >= limit });
    throw new UserError({
      code: 'RANGE_EMPTY',
      message: `the log of ${definition.name} holds no row from ${window.start} to ${window.end}`,
      hint: 'choose another range with --from, --until or --against; `holdfast status` says how far the log was watched',
    });
  };
  const before = await rowsOf(range.before, labelOf(range.before, task.against === null ? (reference?.version ?? '') : ''));
  const now = await rowsOf(range.now, labelOf(range.now, ''));
  const sampled = [before, now].some(({ isFull }) => isFull);
  return driftSheet({
    model: definition.name,
    reference: before.table,
    current: now.table,
    rule,
    detail,
    only,
    words: definition.monitoring,
    termsOf: modelTerms(definition, reference),
    notes: sampled ? [`at most ${limit} rows a side were read, chosen by hash of id: --rows reads more`] : [],
  });
}

function labelOf({ start, end }: Window, version: string): string {
  const short = (instant: Instant) => instant.replace('T00:00:00Z', '');
  return `${version === '' ? '' : `reference of ${version}, `}${short(start)} to ${short(end)}`;
}

async function rangesOf(task: LogComparison): Promise<{ readonly before: Window; readonly now: Window }> {
  const { definition, reference, log, asOf, period, against } = task;
  const before = against ?? reference?.range;
  if (before === undefined) {
    throw new UserError({
      code: 'REFERENCE_MISSING',
      message: `${definition.name} has no version that serves, so there is no reference to compare with`,
      hint: 'name a range with --against 2001-01-01/2001-02-01, or deploy a version first',
    });
  }
  const coverage = await log.coverage(asOf);
  if (coverage === null)
    throw new UserError({
      code: 'LOG_EMPTY',
      message: `the log of ${definition.name} holds no row yet`,
      hint: 'check logs.path in model.yml, --data-root and --as-of',
    });
  if (period !== null) return { before, now: { start: period.from, end: period.until ?? coverage.watermark } };
  const newest = completeWindows({ definition, from: before.end, coverage, asOf }).at(-1);
  if (newest !== undefined) return { before, now: newest };
  throw new UserError({
    code: 'NO_COMPLETE_WINDOW',
    message: `no window of ${durationSeconds(definition.monitoring.window) / 3600} hours is complete after ${before.end}; the log reaches to ${coverage.watermark}`,
    hint: 'name a range with --from and --until',
  });
}
