import { epochSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import type { LoggedQuery } from './simulated-week.ts';

/** The queries as the serving model sees them: with all their words, without labels and scores. */
export function queryRows(queries: readonly LoggedQuery[]): RowTable {
  const nothing = new Float64Array(queries.length).fill(Number.NaN);
  return {
    ids: queries.map(({ id }) => id),
    timestamps: Float64Array.from(queries, ({ at }) => epochSeconds(at)),
    numeric: { recogniser_confidence: Float64Array.from(queries, ({ recogniserConfidence }) => recogniserConfidence) },
    categorical: {
      accent: queries.map(({ accent }) => accent),
      region: queries.map(({ region }) => region),
      device: queries.map(({ device }) => device),
    },
    texts: { transcript: queries.map(({ transcript }) => transcript) },
    scores: nothing,
    predicted: nothing,
    probabilities: {},
    versions: queries.map(() => null),
    labels: nothing,
  };
}
