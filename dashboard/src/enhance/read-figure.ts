export interface FigurePoint {
  readonly x: number;
  readonly y: number;
  readonly lower: number;
  readonly upper: number;
  readonly said: string;
}

export interface FigureLevel {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly meaning: string;
}

export interface FigureData {
  readonly name: string;
  readonly digits: number;
  readonly windowMs: number;
  readonly points: readonly FigurePoint[];
  readonly levels: readonly FigureLevel[];
}

/** The data of a chart, from the table that stands in the same figure. A missing value is NaN: it breaks the line. */
export function readFigure(host: HTMLElement): FigureData {
  const rows = [...host.querySelectorAll<HTMLTableRowElement>('tbody tr')];
  const name = host.dataset['name'] ?? '';
  return {
    name,
    digits: Number(host.dataset['digits'] ?? 3),
    windowMs: Number(host.dataset['window'] ?? 0) * 1000,
    points: rows.map((row) => pointOf(row, name)),
    levels: levelsOf(host.dataset['levels'] ?? '[]'),
  };
}

function pointOf(row: HTMLTableRowElement, name: string): FigurePoint {
  const time = row.querySelector('time');
  const cell = row.querySelector<HTMLElement>('[data-v]');
  const size = row.querySelector('td:nth-last-of-type(1)')?.textContent ?? '';
  return {
    x: Date.parse(time?.dateTime ?? ''),
    y: numberOf(cell?.dataset['v']),
    lower: numberOf(row.querySelector<HTMLElement>('[data-lower]')?.dataset['lower']),
    upper: numberOf(row.querySelector<HTMLElement>('[data-upper]')?.dataset['upper']),
    said: `${time?.textContent ?? ''}: ${name} ${cell?.textContent ?? 'no value'}${/\d/.test(size) ? '' : ` (${size.trim()})`}`,
  };
}

function numberOf(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}

function levelsOf(text: string): FigureLevel[] {
  const levels: { from: string; to: string; value: number; meaning: string }[] = JSON.parse(text);
  return levels.map(({ from, to, value, meaning }) => ({ from: Date.parse(from), to: Date.parse(to), value, meaning }));
}
