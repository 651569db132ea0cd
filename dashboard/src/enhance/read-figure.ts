/** One point of a chart as its table holds it; a missing value is NaN. */
export interface FigurePoint {
  readonly x: number;
  readonly y: number;
  /** The whole row in words. */
  readonly said: string;
}

/** Plot area of the drawing in its own pixels, and what it spans. */
export interface FigurePlot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** The points of a chart, from the table that stands in the same figure: there is no second copy of the data. */
export function readPoints(host: HTMLElement): FigurePoint[] {
  const name = host.dataset['name'] ?? '';
  return [...host.querySelectorAll<HTMLTableRowElement>('tbody tr')].map((row) => pointOf(row, name));
}

/** The drawing that is shown at this width. */
export function shownDrawing(host: HTMLElement): SVGSVGElement | null {
  return [...host.querySelectorAll<SVGSVGElement>('svg[data-plot]')].find((svg) => svg.clientWidth > 0) ?? null;
}

export function readPlot(svg: SVGSVGElement): FigurePlot {
  return JSON.parse(svg.dataset['plot'] ?? '{}');
}

function pointOf(row: HTMLTableRowElement, name: string): FigurePoint {
  const cell = (selector: string) => row.querySelector<HTMLElement>(selector);
  const value = cell('[data-v]');
  const range =
    cell('[data-lower]')?.dataset['lower'] === undefined
      ? ''
      : ` (${cell('[data-lower]')?.textContent} to ${cell('[data-upper]')?.textContent})`;
  const status = cell('[data-status]')?.textContent;
  const said = `${cell('time')?.textContent}: ${name} ${value?.textContent}${range}, n ${cell('[data-n]')?.textContent}${status === undefined ? '' : `, ${status}`}`;
  return { x: Date.parse(row.querySelector('time')?.dateTime ?? '') / 1000, y: Number(value?.dataset['v'] ?? Number.NaN), said };
}
