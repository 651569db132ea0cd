import { figure } from '../../signals/phrase-figures.ts';

/** A figure of a table: three digits, never an exponent for what is next to nothing. */
export function cell(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (value !== 0 && Math.abs(value) < 0.0005) return value > 0 ? '<.001' : '>−.001';
  if (Math.abs(value) >= 1e6) return value.toExponential(2).replace('e+', 'e');
  return Math.abs(value) < 1 ? value.toFixed(3).replace(/^(-?)0\./, '$1.') : figure(value);
}

/** A p or q value of a table. */
export function chance(p: number | null): string {
  if (p === null) return '–';
  if (p < 1e-12) return '<1e-12';
  return p < 0.001 ? p.toExponential(0) : p.toFixed(3).replace(/^0\./, '.');
}

/** A share in per cent, short: `4.2 %`, `<.1 %`. */
export function shareText(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.001) return '<.1 %';
  return `${(100 * share).toFixed(1)} %`;
}

/** Lines of cells, each column as wide as its widest cell; `right` names the columns whose cells end flush. The last one runs on. */
export function aligned(lines: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = (lines[0] ?? []).map((_, place) => Math.max(...lines.map((cells) => (cells[place] ?? '').length)));
  return lines.map((cells) =>
    cells
      .map((text, place) => (right.includes(place) ? text.padStart(widths[place] ?? 0) : text.padEnd(widths[place] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
