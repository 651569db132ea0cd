import { phraseQuantity } from '../schema/phrase-number.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Signal } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { alarmChance } from '../signals/alarm-chance.ts';
import { figure, percent, rowsText } from '../signals/phrase-figures.ts';
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
  /** Labels that had arrived for all rows of `measured`, where `rows` are a sample of them. Left out: they are all. */
  readonly labelledOfAll?: number;
  /** Whether slices that nobody declared are looked for too. */
  readonly find: boolean;
}

/**
 * Statements about declared slices, found slices and protected groups, in this order. An alert by the interval that is shown must stand by one that is as sure as the
 * false-alarm budget asks (see `alarmChance`): most rows of a look were in the look before, so three alerts in a row are hardly more than one. It warns otherwise.
 */
export function partSignals(evidence: PartEvidence): Signal[] {
  const signals = judgedParts({ ...evidence, rows: ownRows(evidence.rows, evidence.reference.version) });
  const note = sampleNote(evidence);
  return note === null ? signals : signals.map((signal) => ({ ...signal, why: `${signal.why} ${note}` }));
}

/** What a reader must know of counts of a sample: they are not those of production. */
function sampleNote({ rows, labelledOfAll }: PartEvidence): string | null {
  if (labelledOfAll === undefined) return null;
  const labelled = rows.labels.reduce((sum, label) => sum + Number(!Number.isNaN(label)), 0);
  if (labelledOfAll <= labelled) return null;
  return `A sample: counts are of ${rowsText(rows.ids.length)} drawn by hash of id, with ${figure(labelled)} of the ${phraseQuantity(labelledOfAll, 'label')} of these days.`;
}

function judgedParts(own: PartEvidence): Signal[] {
  const shown = signalsOf(own);
  if (!shown.some(({ status }) => status === 'alert')) return shown;
  const { definition } = own;
  const { gate } = definition;
  const confidence = Math.max(gate.confidence, 1 - 2 * alarmChance(definition, 'pooled'));
  const surer = signalsOf({ ...own, definition: { ...definition, gate: { ...gate, confidence } }, find: false });
  const standing = new Set(surer.filter(({ status }) => status === 'alert').map(({ id }) => id));
  return shown.map((signal) => (signal.status !== 'alert' || standing.has(signal.id) ? signal : unsure(signal, confidence)));
}

function unsure(signal: Signal, confidence: number): Signal {
  const why = `${signal.why} The interval of ${percent(confidence)} that monitoring.falseAlarmBudget asks of an alarm still reaches the limit, so this only warns.`;
  return { ...signal, status: 'warning', why };
}

function signalsOf(evidence: PartEvidence): Signal[] {
  const { definition, reference, rows: own } = evidence;
  const answers = { scores: own.scores, predicted: own.predicted };
  const searched = {
    ...definition,
    monitoring: { ...definition.monitoring, slices: { ...definition.monitoring.slices, find: evidence.find } },
  };
  const of = { rows: own, challenger: answers, champion: null, frozen: reference.groups?.cuts };
  const slices = sliceReport({ ...of, definition: searched });
  const groups = fairnessReport({ ...of, definition, seed: 0 });
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
