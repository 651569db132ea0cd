import { Chart, type ChartOptions, LinearScale, LineController, LineElement, type Plugin, PointElement, Tooltip } from 'chart.js';
import { type FigurePlot, type FigurePoint, readPlot, readPoints, shownDrawing } from './read-figure.ts';

Chart.register(LinearScale, LineController, LineElement, PointElement, Tooltip);

type Dot = { x: number; y: number };
type PointChart = Chart<'line', Dot[]>;

/**
 * Lays a transparent Chart.js chart exactly over the drawing: it adds pointer, tooltip and keys. The drawing stays, with its gaps,
 * bands and labels: it is what assistive technology and printers get, and nothing moves when the enhancement arrives.
 */
export function drawChart(host: HTMLElement): void {
  const box = host.querySelector<HTMLElement>('.canvas-box');
  const figure = host.querySelector<HTMLElement>('figure');
  const readout = host.querySelector('output');
  const drawing = shownDrawing(host);
  if (box === null || figure === null || readout === null || drawing === null) return;
  const points = readPoints(host);
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  box.append(canvas);
  const said = new Map(points.map((point) => [point.x, point.said]));
  const chart: PointChart = new Chart<'line', Dot[]>(canvas, {
    type: 'line',
    data: {
      datasets: [
        {
          data: points.map(({ x, y }) => ({ x, y })),
          borderColor: 'transparent',
          pointRadius: 0,
          pointHoverRadius: 6,
          pointHitRadius: 16,
          pointHoverBorderWidth: 2,
          ...hoverColours(host),
        },
      ],
    },
    options: optionsOf(readPlot(drawing), drawing.clientWidth, said),
    plugins: [crosshair(host)],
  });
  box.dataset['enhanced'] = '';
  new ResizeObserver(() => {
    const shown = shownDrawing(host);
    if (shown === null) return;
    chart.options = optionsOf(readPlot(shown), shown.clientWidth, said);
    chart.resize(shown.clientWidth, shown.clientHeight);
    chart.update();
  }).observe(box);
  walkByKeys({ figure, chart, points, readout });
}

/** Canvas does not know light-dark(): the browser resolves each token to a plain colour. */
function colourOf(host: HTMLElement, token: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${token})`;
  host.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function hoverColours(host: HTMLElement) {
  return { pointHoverBackgroundColor: colourOf(host, 'champion'), pointHoverBorderColor: colourOf(host, 'page') };
}

/** The plot areas of drawing and chart cover each other: same margins, same spans. */
function optionsOf(plot: FigurePlot, shownWidth: number, said: ReadonlyMap<number, string>): ChartOptions<'line'> {
  const scale = shownWidth / plot.width;
  // Chart.js leaves out points on the very edge of its area: the area reaches a little further than the drawing's, and so does its span.
  const slack = 2;
  const perPixel = (plot.to - plot.from) / ((plot.right - plot.left) * scale);
  return {
    animation: false,
    maintainAspectRatio: false,
    responsive: false,
    layout: {
      padding: {
        left: plot.left * scale,
        right: (plot.width - plot.right) * scale - slack,
        top: plot.top * scale,
        bottom: (plot.height - plot.bottom) * scale,
      },
      autoPadding: false,
    },
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: { type: 'linear', display: false, min: plot.from, max: plot.to + slack * perPixel },
      y: { type: 'linear', display: false, min: plot.low, max: plot.high },
    },
    plugins: {
      tooltip: { displayColors: false, callbacks: { title: () => '', label: (item) => said.get(item.parsed.x ?? Number.NaN) ?? '' } },
    },
  };
}

function crosshair(host: HTMLElement): Plugin<'line'> {
  return {
    id: 'crosshair',
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      const x = chart.getActiveElements()[0]?.element.x;
      if (x === undefined) return;
      ctx.save();
      ctx.strokeStyle = colourOf(host, 'control-border');
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

interface Walk {
  readonly figure: HTMLElement;
  readonly chart: PointChart;
  readonly points: readonly FigurePoint[];
  readonly readout: HTMLElement;
}

/** Left and right arrow keys move from point to point; `output` is a polite live region, so each one is said. */
function walkByKeys({ figure, chart, points, readout }: Walk): void {
  let at = points.length;
  figure.addEventListener('keydown', (event) => {
    if (event.target !== figure || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    at = Math.min(points.length - 1, Math.max(0, at + (event.key === 'ArrowLeft' ? -1 : 1)));
    readout.textContent = points[at]?.said ?? '';
    chart.setActiveElements(Number.isNaN(points[at]?.y ?? Number.NaN) ? [] : [{ datasetIndex: 0, index: at }]);
    chart.update();
  });
}
