import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the package vega-datasets keeps its three million US flights of January to June 2001. */
export function flightsFile(): string {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  return join(dirname(entry), '..', 'data', 'flights-3m.parquet');
}
