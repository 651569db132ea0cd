import type { ColumnSheet, DriftSheet, SheetSide } from '../../schema/drift-sheet.ts';
import { phraseQuantity } from '../../schema/phrase-number.ts';
import { figure, rowsText } from '../../signals/phrase-figures.ts';
import { aligned, cell, chance, shareText } from './figures.ts';
import { ADJUSTMENT_NAMES, measureName } from './measure-names.ts';

const VERDICTS: Readonly<Record<ColumnSheet['verdict'], string>> = {
  drifted: 'DRIFTED',
  'kind-changed': 'KIND CHANGED',
  'only-in-reference': 'LOST',
  'only-in-current': 'new column',
  'no-drift': 'no drift',
  'insufficient-data': 'insufficient data',
  'left-out': 'left out',
};
const KINDS = { numeric: 'number', categorical: 'category', text: 'text', time: 'time', empty: 'empty' } as const;

/** The sheet as lines: one a column, what matters first; at most `most` lines of columns. */
export function sheetTable(sheet: DriftSheet, most: number): string[] {
  const judged = sheet.columns.filter(({ verdict }) => verdict !== 'left-out');
  const leftOut = sheet.columns.filter(({ verdict }) => verdict === 'left-out');
  const shown = judged.slice(0, most);
  const hidden = judged.length - shown.length;
  return [
    headline(sheet),
    ...sheet.notes.map((note) => `note: ${note}`),
    '',
    ...(shown.length === 0 ? [] : aligned([HEADER, ...shown.map(lineOf)], [2, 3, 4, 5, 7])),
    ...(hidden === 0 ? [] : [`… and ${phraseQuantity(hidden, 'column')} with less; --all shows them`]),
    ...noteLines(shown),
    ...(leftOut.length === 0 ? [] : ['', 'left out of the verdict (--column NAME shows one all the same)', ...leftOutLines(leftOut)]),
    '',
    ...legend(sheet),
  ];
}

const HEADER = ['column', 'kind', 'missing', 'effect', 'PSI', 'moved by', 'test', 'q', 'verdict'];

function headline({ model, reference, current, columns }: DriftSheet): string {
  const count = (...verdicts: readonly ColumnSheet['verdict'][]) => columns.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const compared = columns.length - count('left-out', 'only-in-current', 'only-in-reference');
  const drifted = count('drifted');
  const parts = [
    `${drifted === 0 ? 'none' : figure(drifted)} of ${phraseQuantity(compared, 'column')} ${drifted <= 1 ? 'has' : 'have'} drifted`,
    ...counted(count('kind-changed'), 'changed its kind', 'changed their kind'),
    ...counted(count('only-in-reference'), 'is lost', 'are lost'),
    ...counted(count('only-in-current'), 'is new', 'are new'),
    ...counted(count('insufficient-data'), 'has too few rows', 'have too few rows'),
  ];
  return `${model === null ? '' : `${model}: `}${sideText(reference)} → ${sideText(current)}: ${parts.join(', ')}`;
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${figure(count)} ${count === 1 ? one : many}`];
}

function sideText({ name, rows, of }: SheetSide): string {
  return `${name} (${rows < of ? `a sample of ${figure(rows)} of ${rowsText(of)}` : rowsText(rows)})`;
}

function lineOf(column: ColumnSheet): string[] {
  const { name, kind, missing, effect, evidence, verdict, why } = column;
  const stability = column.distances.find(({ id }) => id === 'populationStabilityIndex')?.value;
  return [
    name.length > 32 ? `${name.slice(0, 31)}…` : name,
    KINDS[kind],
    missing === null ? '–' : missingText(missing.reference, missing.current),
    cell(effect?.value),
    cell(stability),
    movedBy(column),
    evidence === null ? '–' : measureName(evidence.test),
    chance(evidence?.qValue ?? null),
    `${VERDICTS[verdict]}${why === '' ? '' : `: ${why}`}`,
  ];
}

function missingText(before: number, now: number): string {
  return before === 0 && now === 0 ? '0' : `${shareText(before)} → ${shareText(now)}`;
}

/** Numbers in robust standard deviations, categories by Cramér's V: both free of units and of the number of classes. */
function movedBy({ distances }: ColumnSheet): string {
  const value = (wanted: string) => distances.find(({ id }) => id === wanted)?.value ?? null;
  const shift = value('wassersteinWinsorised');
  if (shift !== null) return `${cell(shift)} sd`;
  return value('cramersV') === null ? '–' : `V ${cell(value('cramersV'))}`;
}

function noteLines(columns: readonly ColumnSheet[]): string[] {
  const lines = columns.flatMap(({ name, notes }) => notes.map((note) => `  ${name}: ${note}`));
  return lines.length === 0 ? [] : ['', 'seen while reading', ...lines];
}

function leftOutLines(columns: readonly ColumnSheet[]): string[] {
  return aligned(
    columns.map(({ name, why }) => [`  ${name}`, why]),
    [],
  );
}

function legend({ rule, tested }: DriftSheet): string[] {
  const { method, effectFloor, falseDiscoveryRate, adjustment, minimumRows } = rule;
  return [
    `drifted: q at most ${falseDiscoveryRate}, and the effect (${measureName(method)}; of texts, their unknown words or a classifier) above its limit (a floor of`,
    `${effectFloor}, raised by what chance gives), and ${figure(minimumRows)} rows or more a side. q: p values of ${figure(tested)} columns by ${ADJUSTMENT_NAMES[adjustment]}; rows are taken to be`,
    "independent. moved by: Wasserstein distance of numbers in robust standard deviations, far values cut; Cramér's V of categories.",
    '--column NAME shows every figure of one column.',
  ];
}
