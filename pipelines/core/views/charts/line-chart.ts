import { addSeconds, epochSeconds, type Instant } from '../../schema/instant.ts';
import type { Window } from '../../schema/window.ts';
import { phraseNumber } from '../phrase-number.ts';
import { atX, type LinePaths, linePaths } from './line-paths.ts';
import { type LinearScale, niceTicks, place, tickDigits } from './linear-scale.ts';
import { timeTicks } from './time-axis.ts';
import { type LinePoint, type MeasuredLinePoint, unbrokenRuns } from './unbroken-runs.ts';

/** A horizontal level that holds for a part of the time, with the text that stands on it. */
export interface LevelLine {
  readonly from: Instant;
  readonly to: Instant;
  readonly value: number;
  readonly label: string;
  readonly meaning: 'promise' | 'floor';
}

export interface LineChartSource {
  readonly points: readonly LinePoint[];
  /** A second series on the same scales, drawn behind the first and lighter: the estimate beside what was measured. */
  readonly beside?: readonly LinePoint[];
  readonly windowSeconds: number;
  readonly levels: readonly LevelLine[];
  readonly changes: readonly { readonly at: Instant; readonly label: string }[];
  /** Windows that end later still wait for labels. */
  readonly pendingFrom: Instant | null;
  readonly zeroBased: boolean;
  readonly endLabel: string;
}

export interface Rectangle {
  readonly x: number;
  readonly width: number;
}

export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Geometry of a line chart in pixels of its view box: everything a template needs to draw it without thinking. */
export interface LineChart extends LinePaths {
  readonly width: number;
  readonly height: number;
  /** What the plot area spans: seconds since the epoch and values. */
  readonly domain: { readonly from: number; readonly to: number; readonly low: number; readonly high: number };
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** The second series. */
  readonly beside: LinePaths;
  readonly gaps: readonly Rectangle[];
  readonly pending: Rectangle | null;
  readonly levels: readonly {
    readonly x1: number;
    readonly x2: number;
    readonly y: number;
    readonly meaning: LevelLine['meaning'];
    readonly label: PlacedText | null;
  }[];
  readonly changes: readonly { readonly x: number; readonly label: PlacedText }[];
  readonly valueTicks: readonly { readonly y: number; readonly label: string }[];
  readonly timeTicks: readonly { readonly x: number; readonly label: string; readonly anchor: PlacedText['anchor'] }[];
  readonly end: { readonly x: number; readonly y: number; readonly label: PlacedText } | null;
  /** Said under the chart when the value axis does not start at 0. */
  readonly axisNote: string | null;
}

/** Shape of the drawing: a wide one for desks, a narrow one for phones. */
export interface ChartShape {
  readonly width: number;
  readonly height: number;
  readonly timeTicks: number;
}

export const WIDE: ChartShape = { width: 880, height: 300, timeTicks: 8 };
export const NARROW: ChartShape = { width: 340, height: 260, timeTicks: 3 };

const LEFT = 48;
const RIGHT = 58;
const TOP = 26;
const BOTTOM = 28;

/** Lays out one measured series with its band, levels and gaps; null when there is not a single value. */
export function lineChart(source: LineChartSource, shape: ChartShape): LineChart | null {
  const range = timeRange(source);
  const ticks = valueTicks(source);
  if (range === null || ticks === null) return null;
  const { width, height } = shape;
  const plot = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
  const x: LinearScale = { domain: [epochSeconds(range.start), epochSeconds(range.end)], range: [plot.left, plot.right] };
  const y: LinearScale = { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], range: [plot.bottom, plot.top] };
  const scales = { x, y, windowSeconds: source.windowSeconds };
  const last = unbrokenRuns(source.points, source.windowSeconds).at(-1)?.at(-1) ?? null;
  const digits = tickDigits(ticks);
  const low = ticks[0] ?? 0;
  return {
    width,
    height,
    domain: { from: x.domain[0], to: x.domain[1], low, high: y.domain[1] },
    plot,
    ...linePaths(source.points, scales),
    beside: linePaths(source.beside ?? [], scales),
    gaps: gapsOf(source, x),
    pending: pendingOf(source, range, x),
    levels: placeLevels(source.levels, x, y),
    changes: placeChanges(source.changes, x, plot),
    valueTicks: ticks.map((tick) => ({ y: place(y, tick), label: phraseNumber(tick, digits) })),
    timeTicks: timeTicks(range, shape.timeTicks).map(({ at, label }) => ({
      x: atX(x, at),
      label,
      anchor: atX(x, at) > plot.right - 24 ? 'end' : atX(x, at) < plot.left + 34 ? 'start' : 'middle',
    })),
    end: endOf(last, source.endLabel, { x, y, plot }),
    axisNote: low === 0 ? null : `Value axis starts at ${phraseNumber(low, digits)}.`,
  };
}

function timeRange(source: LineChartSource): Window | null {
  const first = source.points[0];
  const last = source.points.at(-1);
  return first === undefined || last === undefined ? null : { start: addSeconds(first.at, -source.windowSeconds), end: last.at };
}

function valueTicks(source: LineChartSource): number[] | null {
  const values = [...source.points, ...(source.beside ?? [])].flatMap(({ value, lower, upper }) =>
    value === null ? [] : [value, lower ?? value, upper ?? value],
  );
  if (values.length === 0) return null;
  const all = [...values, ...source.levels.map((level) => level.value), ...(source.zeroBased ? [0] : [])];
  return niceTicks(Math.min(...all), Math.max(...all), 5);
}

/** Spans without a value, from the end of the last value to the start of the next window that has one. */
function gapsOf(source: LineChartSource, x: LinearScale): Rectangle[] {
  const measured = source.points.filter((point) => point.value !== null);
  const gaps: Rectangle[] = [];
  for (const [index, point] of measured.entries()) {
    const next = measured[index + 1];
    if (next === undefined || epochSeconds(next.at) - epochSeconds(point.at) <= source.windowSeconds) continue;
    const from = atX(x, point.at);
    gaps.push({ x: from, width: Math.round((atX(x, next.at) - from) * 10) / 10 });
  }
  return gaps;
}

function pendingOf(source: LineChartSource, range: Window, x: LinearScale): Rectangle | null {
  if (source.pendingFrom === null || source.pendingFrom >= range.end) return null;
  const from = Math.max(x.range[0], atX(x, source.pendingFrom));
  return { x: from, width: Math.round((x.range[1] - from) * 10) / 10 };
}

function placeLevels(levels: readonly LevelLine[], x: LinearScale, y: LinearScale): LineChart['levels'] {
  return levels.map(({ from, to, value, label, meaning }) => {
    const [x1, x2] = [Math.max(x.range[0], atX(x, from)), atX(x, to)];
    const roomFor = label.length * 6.4;
    // At the end of its step, where the series has usually left the promise. A label that does not fit would be read as the next step's.
    const above = meaning === 'promise';
    const text: PlacedText | null =
      x2 - x1 < roomFor ? null : { x: x2 - 6, y: place(y, value) + (above ? -6 : 15), text: label, anchor: 'end' };
    return { x1, x2, y: place(y, value), meaning, label: text };
  });
}

function placeChanges(changes: LineChartSource['changes'], x: LinearScale, plot: LineChart['plot']): LineChart['changes'] {
  return changes.map(({ at, label }) => {
    const left = Math.max(plot.left, atX(x, at));
    return { x: left, label: { x: left + 4, y: plot.top - 10, text: label, anchor: 'start' as const } };
  });
}

interface PlotFrame {
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly plot: LineChart['plot'];
}

function endOf(point: MeasuredLinePoint | null, text: string, { x, y, plot }: PlotFrame): LineChart['end'] {
  if (point === null) return null;
  const at = { x: atX(x, point.at), y: place(y, point.value) };
  return { ...at, label: { x: plot.right + 8, y: at.y + 4, text, anchor: 'start' } };
}
