import { Chart, type ChartDataset, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { type FigureData, type FigurePoint, readFigure } from './read-figure.ts';

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement, Tooltip);

interface Colours {
  readonly champion: string;
  readonly reference: string;
  readonly act: string;
  readonly muted: string;
  readonly border: string;
}

/** Draws the figure's table on a canvas over its SVG. The SVG stays: it is what assistive technology and printers get. */
export function drawChart(host: HTMLElement): void {
  const box = host.querySelector<HTMLElement>('.canvas-box');
  const figure = host.querySelector<HTMLElement>('figure');
  if (box === null || figure === null) return;
  const data = readFigure(host);
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const readout = document.createElement('output');
  readout.className = 'readout';
  readout.setAttribute('aria-live', 'polite');
  box.append(canvas);
  box.after(readout);
  const chart = new Chart<'line', Dot[]>(canvas, { type: 'line', data: { datasets: datasetsOf(data, coloursOf(host)) }, options: optionsOf(data, coloursOf(host), readout) });
  box.dataset['enhanced'] = '';
  walkByKeys({ figure, chart, data, readout });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    chart.data.datasets = datasetsOf(data, coloursOf(host));
    chart.options = optionsOf(data, coloursOf(host), readout);
    chart.update();
  });
}

type Dot = { x: number; y: number };

function coloursOf(host: HTMLElement): Colours {
  const probe = document.createElement('i');
  host.append(probe);
  // Canvas does not know light-dark(): let the browser resolve each token to a plain colour.
  const resolve = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = { champion: resolve('champion'), reference: resolve('reference'), act: resolve('act'), muted: resolve('muted'), border: resolve('border') };
  probe.remove();
  return colours;
}

function datasetsOf(data: FigureData, colours: Colours): ChartDataset<'line', Dot[]>[] {
  const dots = withGaps(data);
  const plain = { pointRadius: 0, pointHitRadius: 0, spanGaps: false, tension: 0 } as const;
  const main: ChartDataset<'line', Dot[]> = { ...plain, pointHitRadius: 12, pointHoverRadius: 5, label: data.name, data: dots.map(({ x, y }) => ({ x, y })), borderColor: colours.champion, backgroundColor: colours.champion, borderWidth: 2 };
  const band = colours.champion.replace('rgb(', 'rgba(').replace(')', ', 0.2)');
  const upper: ChartDataset<'line', Dot[]> = { ...plain, label: '', data: dots.map(({ x, upper: y }) => ({ x, y })), borderWidth: 0, backgroundColor: band, fill: '+1' };
  const lower: ChartDataset<'line', Dot[]> = { ...plain, label: '', data: dots.map(({ x, lower: y }) => ({ x, y })), borderWidth: 0 };
  const levels = data.levels.map((level): ChartDataset<'line', Dot[]> => ({
    ...plain,
    label: '',
    data: [
      { x: level.from, y: level.value },
      { x: level.to, y: level.value },
    ],
    borderColor: level.meaning === 'floor' ? colours.act : colours.reference,
    borderDash: level.meaning === 'floor' ? [] : [2, 4],
    borderWidth: 1.5,
  }));
  const banded = dots.some((dot) => !Number.isNaN(dot.lower));
  return banded ? [main, upper, lower, ...levels] : [main, ...levels];
}

/** A window that is not in the table breaks the line, as in the drawing. */
function withGaps({ points, windowMs }: FigureData): FigurePoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || point.x - before.x <= windowMs) return [point];
    return [{ x: before.x + windowMs / 2, y: Number.NaN, lower: Number.NaN, upper: Number.NaN, said: '' }, point];
  });
}

type ChartOptions = NonNullable<ConstructorParameters<typeof Chart<'line', Dot[]>>[1]['options']>;

function optionsOf(data: FigureData, colours: Colours, readout: HTMLElement): ChartOptions {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const said = new Map(data.points.map((point) => [point.x, point.said]));
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    onHover: (_event, items, chart) => {
      const point = items.find((item) => item.datasetIndex === 0);
      const x = point === undefined ? null : (chart.data.datasets[0]?.data[point.index] as Dot | undefined)?.x;
      if (x != null) readout.textContent = said.get(x) ?? '';
    },
    scales: {
      x: { type: 'linear', min: data.points[0]?.x ?? 0, max: data.points.at(-1)?.x ?? 1, ticks: { color: colours.muted, maxTicksLimit: 8, maxRotation: 0, callback: (value) => day.format(Number(value)) }, grid: { display: false } },
      y: { type: 'linear', ticks: { color: colours.muted }, grid: { color: colours.border } },
    },
    plugins: {
      tooltip: {
        filter: (item) => item.datasetIndex === 0,
        callbacks: { title: () => '', label: (item) => said.get(item.parsed.x ?? Number.NaN) ?? '' },
      },
    },
  };
}

interface Walk {
  readonly figure: HTMLElement;
  readonly chart: Chart<'line', Dot[]>;
  readonly data: FigureData;
  readonly readout: HTMLElement;
}

/** Left and right arrow keys move from point to point and say each one. */
function walkByKeys({ figure, chart, data, readout }: Walk): void {
  let at = data.points.length - 1;
  figure.addEventListener('keydown', (event) => {
    if (event.target !== figure || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    at = Math.min(data.points.length - 1, Math.max(0, at + (event.key === 'ArrowLeft' ? -1 : 1)));
    const point = data.points[at];
    readout.textContent = point?.said ?? '';
    const dots: readonly Dot[] = chart.data.datasets[0]?.data ?? [];
    const index = dots.findIndex((dot) => dot.x === point?.x);
    chart.setActiveElements(index < 0 ? [] : [{ datasetIndex: 0, index }]);
    chart.update();
  });
}
