import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { flightsFile } from '../../bot/simulator/flights-file.ts';
import { openProductionSimulator } from '../../bot/simulator/production-simulator.ts';
import { gridFromQuantiles, SCORE_GRID } from '../../pipelines/core/profile/learn-grid.ts';
import { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import type { Grid } from '../../pipelines/core/schema/window-profile.ts';
import type { Predictor } from '../../pipelines/ports/training-runtime.ts';
import { probabilitiesOf } from '../fakes/probabilities-of.ts';

export const AS_OF = '2001-07-03T00:00:00Z';
export const DAYS = windowsBetween({ start: '2001-01-01T00:00:00Z', end: '2001-07-02T00:00:00Z' }, 86_400);

/** The definition of the flight model. */
export function flightDefinition(): ModelDefinition {
  const file = fileURLToPath(new URL('../../models/flight-delay/model.yml', import.meta.url));
  return ModelDefinition.parse(parse(readFileSync(file, 'utf8')));
}

/** Grids as the reference weeks give them, so that a benchmark does not time their learning. */
export const GRIDS: Readonly<Record<string, Grid>> = {
  $score: SCORE_GRID,
  hour: wholeNumbers(0, 23),
  weekday: wholeNumbers(0, 6),
  distance: wholeNumbers(67, 2585),
};

function wholeNumbers(q001: number, q999: number): Grid {
  return gridFromQuantiles({ q001, q999, minimum: q001, maximum: q999, median: (q001 + q999) / 2, integerValued: true });
}

// As many different scores as a model gives: every feature moves them.
export const SCORER: Predictor = {
  async predict(rows: RowTable) {
    const { hour, distance } = rows.numeric;
    const origins = rows.categorical['origin'] ?? [];
    const scores = Float64Array.from(rows.ids, (_, row) => {
      const place = (origins[row] ?? '').charCodeAt(0) + (origins[row] ?? '').charCodeAt(1) / 32;
      return 1 / (1 + Math.exp(2.2 - (hour?.[row] ?? 0) / 20 - (distance?.[row] ?? 0) / 4000 - (place - 78) / 60));
    });
    return probabilitiesOf(scores);
  },
  dispose() {},
};

/** Writes all flights of all weeks as the simulator leaves them. */
export async function writeFlights(dataRoot: string): Promise<number> {
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot, share: 1 });
  let rows = 0;
  for (const { number } of simulator.weeks) rows += (await simulator.writeWeek(number, { version: 'v1', predictor: SCORER })).rows;
  simulator.close();
  return rows;
}
