import type { ColumnSheet, SheetSummary } from '../../schema/drift-sheet.ts';
import type { MeasuredColumn } from './column-sheet.ts';
import type { ColumnTerms } from './compared-table.ts';

type Figures = Omit<MeasuredColumn, 'decidedBy'>;

/** The figures of a column without those that tell a value of a personal column, or a quantile beyond which too few rows lie. */
export function guardValues(measured: Figures, { isPersonal, fewestRows }: Pick<ColumnTerms, 'isPersonal' | 'fewestRows'>): Figures {
  return isPersonal ? withoutValues(measured) : { ...measured, summaries: withoutFew(measured.summaries, fewestRows) };
}

/** What tells no value of a personal column: nothing in its unit. */
function withoutValues(measured: Figures): Figures {
  const tests = measured.tests.map(({ estimate, interval, ...test }) =>
    test.id === 'welch'
      ? test
      : { ...test, ...(estimate === undefined ? {} : { estimate }), ...(interval === undefined ? {} : { interval }) },
  );
  const distances = measured.distances.filter(({ id }) => id !== 'wasserstein' && id !== 'energy');
  return { ...measured, tests, distances, summaries: null, medians: null };
}

/** Quantiles beyond which so few rows lie that they may tell of one person are left out. */
function withoutFew(summaries: ColumnSheet['summaries'], fewestRows: number): ColumnSheet['summaries'] {
  if (summaries === null || fewestRows <= 1) return summaries;
  const rows = Math.min(summaries.reference.rows, summaries.current.rows);
  const kept = (side: SheetSummary) => ({
    ...side,
    quantiles: side.quantiles.filter(([share]) => Math.min(share, 1 - share) * rows >= fewestRows),
  });
  return { reference: kept(summaries.reference), current: kept(summaries.current) };
}
