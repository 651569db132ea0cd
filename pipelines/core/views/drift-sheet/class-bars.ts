import type { ColumnSheet } from '../../schema/drift-sheet.ts';
import { figure } from '../../signals/phrase-figures.ts';
import { aligned, shareText } from './figures.ts';

const WIDTH = 20;
const MOST = 25;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One line a class: its share of the rows before and now, as a number and a bar, and the change in points. */
export function classBars({ classes, rows }: Pick<ColumnSheet, 'classes' | 'rows'>): string[] {
  const shares = classes.map(({ label, reference, current }) => ({
    label,
    before: rows.reference === 0 ? 0 : reference / rows.reference,
    now: rows.current === 0 ? 0 : current / rows.current,
  }));
  const largest = Math.max(...shares.flatMap(({ before, now }) => [before, now]), 0);
  const lines = shares
    .slice(0, MOST)
    .map(({ label, before, now }) => [
      label.length > 40 ? `${label.slice(0, 39)}…` : label,
      shareText(before),
      bar(before / largest),
      shareText(now),
      bar(now / largest),
      points(now - before),
    ]);
  const more = shares.length - lines.length;
  return [
    ...aligned([['', 'reference', '', 'current', '', 'points'], ...lines], [1, 3, 5]),
    ...(more > 0 ? [`… and ${figure(more)} more (--json has them)`] : []),
  ];
}

function bar(share: number): string {
  const eighths = Math.round(share * WIDTH * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function points(change: number): string {
  const text = Math.abs(100 * change).toFixed(1);
  return text === '0.0' ? '0' : `${change > 0 ? '+' : '−'}${text}`;
}
