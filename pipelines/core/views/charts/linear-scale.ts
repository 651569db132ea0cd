/** Maps values of a domain to pixels of a range, linearly. */
export interface LinearScale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** Pixel of a value, rounded to a tenth so that paths stay short. */
export function place(scale: LinearScale, value: number): number {
  const [low, high] = scale.domain;
  const [from, to] = scale.range;
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return Math.round((from + share * (to - from)) * 10) / 10;
}

const NICE = [1, 2, 2.5, 5, 10];

/** About `count` round values that cover the data: the first is at most `low`, the last at least `high`. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high > low ? high - low : Math.max(Math.abs(high), 1) * 0.1;
  const rough = span / Math.max(1, count - 1);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * (NICE.find((nice) => nice * magnitude >= rough * 0.999) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let index = first; index <= Math.max(last, first + 1); index += 1) ticks.push(rounded(index * step));
  return ticks;
}

/** Digits after the point that tell neighbouring ticks apart. */
export function tickDigits(ticks: readonly number[]): number {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  for (let digits = 0; digits < 6; digits += 1) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return digits;
  }
  return 6;
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
