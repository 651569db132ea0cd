import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Signal } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import type { WindowEvidence } from '../signals/signal-of.ts';
import { fairnessReport } from './fairness-report.ts';
import { fairnessSignals } from './fairness-signals.ts';
import { selectRows } from './select-rows.ts';
import { sliceReport } from './slice-report.ts';
import { sliceSignals } from './slice-signals.ts';

/** What statements about slices and groups are measured from. */
export interface PartEvidence extends Pick<WindowEvidence, 'definition' | 'reference' | 'profile'> {
  /** The rows that are spoken of: the newest ones whose labels are due. */
  readonly measured: Window;
  /** Those rows, or a sample of them, with the labels that had arrived. Only rows of the version that the reference belongs to are judged. */
  readonly rows: RowTable;
  /** Whether slices that nobody declared are looked for too. */
  readonly find: boolean;
}

/** Whether a definition asks for figures of parts of the rows in every window. */
export function watchesParts({ slices, columns }: ModelDefinition): boolean {
  return slices.length > 0 || columns.some(({ role }) => role === 'protected');
}

/** Statements about declared slices, found slices and protected groups, in this order. */
export function partSignals(evidence: PartEvidence): Signal[] {
  const { definition, reference } = evidence;
  const own = ownRows(evidence.rows, reference.version);
  const answers = { scores: own.scores, predicted: own.predicted };
  const searched = {
    ...definition,
    monitoring: { ...definition.monitoring, slices: { ...definition.monitoring.slices, find: evidence.find } },
  };
  const slices = sliceReport({ definition: searched, rows: own, challenger: answers, champion: null });
  const groups = fairnessReport({ definition, rows: own, challenger: answers, champion: null, seed: 0, frozen: reference.groups?.cuts });
  return [...sliceSignals(evidence, slices), ...fairnessSignals(evidence, groups)];
}

/** Rows without a version count as the champion's: many logs name none. */
function ownRows(rows: RowTable, version: string): RowTable {
  const foreign = rows.versions.some((each) => each !== null && each !== version);
  if (!foreign) return rows;
  return selectRows(
    rows,
    rows.versions.flatMap((each, row) => (each === null || each === version ? [row] : [])),
  );
}
