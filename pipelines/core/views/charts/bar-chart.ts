import { phraseCount } from '../phrase-number.ts';
import { type LinearScale, niceTicks, place } from './linear-scale.ts';

export interface BarSource {
  readonly name: string;
  readonly value: number;
}

/** Geometry of a bar chart in pixels of its view box. */
export interface BarChart {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly bars: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
  readonly valueTicks: readonly { readonly y: number; readonly label: string }[];
  readonly nameTicks: readonly { readonly x: number; readonly label: string }[];
}

const LEFT = 56;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 28;
const GAP = 0.25;

/** Lays out counts as bars from 0, in the order given; null without a value above 0. `names`: about how many names fit under them. */
export function barChart(
  source: readonly BarSource[],
  shape: { readonly width: number; readonly height: number; readonly names: number },
): BarChart | null {
  const most = source.reduce((found, { value }) => Math.max(found, value), 0);
  if (most === 0) return null;
  const plot = { left: LEFT, right: shape.width - RIGHT, top: TOP, bottom: shape.height - BOTTOM };
  const ticks = niceTicks(0, most, 5);
  const y: LinearScale = { domain: [0, ticks.at(-1) ?? most], range: [plot.bottom, plot.top] };
  const step = (plot.right - plot.left) / source.length;
  const every = Math.ceil(source.length / shape.names);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    width: shape.width,
    height: shape.height,
    plot,
    bars: source.map(({ value }, index) => {
      const top = place(y, value);
      return { x: tenth(plot.left + (index + GAP / 2) * step), y: top, width: tenth(step * (1 - GAP)), height: tenth(plot.bottom - top) };
    }),
    valueTicks: ticks.map((tick) => ({ y: place(y, tick), label: phraseCount(tick) })),
    nameTicks: source.flatMap(({ name }, index) =>
      index % every === 0 ? [{ x: tenth(plot.left + (index + 0.5) * step), label: name }] : [],
    ),
  };
}

/** What the bars show, in words: the highest, the lowest and how far apart they are. */
export function describeBars(what: string, source: readonly BarSource[]): string {
  const ranked = [...source].sort((a, b) => b.value - a.value);
  const [most, least] = [ranked[0], ranked.at(-1)];
  if (most === undefined || least === undefined) return `${what}: nothing was counted.`;
  return `${what}: most at ${most.name} (${phraseCount(most.value)}), least at ${least.name} (${phraseCount(least.value)}).`;
}
