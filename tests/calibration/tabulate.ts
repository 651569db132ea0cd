import { RUNS } from './alarm-rules.ts';

const UPPER_99 = 2.326;

/** Alarms a stream, with the upper 99 % limit of their mean over so many independent streams, and the share of streams with any. */
export function countAlarms(streams: readonly (readonly boolean[])[], independent: number): { mean: number; limit: number; any: number } {
  const counts = streams.map((alarms) => alarms.filter(Boolean).length);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return {
    mean,
    limit: mean + UPPER_99 * Math.sqrt(variance / independent),
    any: counts.filter((count) => count > 0).length / counts.length,
  };
}

/** Median runs up to the first alarm; infinite when half of the streams have none. */
export function medianDelay(streams: readonly (readonly boolean[])[]): number {
  const delays = streams
    .map((alarms) => (alarms.includes(true) ? alarms.indexOf(true) + 1 : Number.POSITIVE_INFINITY))
    .sort((a, b) => a - b);
  const median = delays[Math.floor(delays.length / 2)] ?? Number.NaN;
  return median > RUNS ? Number.POSITIVE_INFINITY : median;
}

export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  console.info([title, ...lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))].join('\n'));
}
