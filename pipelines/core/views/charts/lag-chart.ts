import type { LagPoint } from '../../schema/lag-curve.ts';
import { phraseLag } from '../phrase-lag.ts';

/** A small step chart of a lag curve: places on the drawing, y downwards. */
export interface LagChart {
  readonly width: number;
  readonly height: number;
  readonly line: string;
  readonly band: string;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly levels: readonly { readonly y: number; readonly label: string }[];
  readonly baseline: number;
  readonly left: number;
}

const SIZE = { width: 420, height: 170, left: 44, right: 12, top: 10, bottom: 28 };
const MOST_TICKS = 5;

/** Each lag of the grid has the same width, so that minutes and months fit; null without at least two points. */
export function lagChart(points: readonly LagPoint[]): LagChart | null {
  if (points.length < 2) return null;
  const { width, height, left, right, top, bottom } = SIZE;
  const step = (width - left - right) / points.length;
  const x = (index: number) => round(left + index * step);
  const y = (share: number) => round(top + (1 - share) * (height - top - bottom));
  const stairs = (of: (point: LagPoint) => number) => points.map((point, index) => `H${x(index)}V${y(of(point))}`).join('');
  const back = [...points]
    .map((point, index) => ({ lower: y(point[2]), from: x(index), to: x(index + 1) }))
    .reverse()
    .map(({ lower, from, to }) => `L${to} ${lower}L${from} ${lower}`)
    .join('');
  const every = Math.ceil(points.length / MOST_TICKS);
  return {
    width,
    height,
    line: `M${x(0)} ${y(0)}${stairs(([, share]) => share)}H${x(points.length)}`,
    band: `M${x(0)} ${y(points[0]?.[3] ?? 0)}${stairs((point) => point[3])}H${x(points.length)}${back}Z`,
    ticks: points.flatMap(([seconds], index) => (index % every === 0 ? [{ x: x(index), label: phraseLag(seconds) }] : [])),
    levels: [0, 0.5, 0.9, 1].map((share) => ({ y: y(share), label: `${share * 100} %` })),
    baseline: height - bottom,
    left,
  };
}

function round(place: number): number {
  return Math.round(place * 10) / 10;
}
