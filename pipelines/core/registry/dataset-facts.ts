import { digestBytes, digestText, digestValue } from '../digest/sha256.ts';
import type { Digest } from '../schema/digest.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Task } from '../schema/task.ts';
import type { DatasetFacts } from '../schema/training-spec.ts';
import type { Window } from '../schema/window.ts';

/** Range, size and digest of labelled rows. Two reads of the same rows give the same digest; one changed value gives another. */
export function datasetFacts(
  rows: RowTable,
  options: {
    /** Left out: binary. Other tasks have no positive rows. */
    readonly task?: Task;
    readonly range: Window;
    readonly features: readonly string[];
    readonly quarantined: number;
  },
): DatasetFacts {
  return {
    range: options.range,
    rows: rows.ids.length,
    positives: (options.task ?? 'binary') === 'binary' ? rows.labels.filter((label) => label === 1).length : 0,
    quarantined: options.quarantined,
    digest: rowsDigest(rows, options.features),
  };
}

/** Column by column, since that is how rows lie in memory: digests of the ids, of each feature by name, and of the labels, in the order of the rows (by id). */
function rowsDigest(rows: RowTable, features: readonly string[]): Digest {
  return digestValue({
    ids: digestText(JSON.stringify(rows.ids)),
    features: features.map((name) => ({ name, digest: columnDigest(rows, name) })),
    labels: numbersDigest(rows.labels),
  });
}

function columnDigest(rows: RowTable, name: string): Digest | null {
  const [numbers, texts] = [rows.numeric[name], rows.categorical[name] ?? rows.texts[name]];
  if (numbers !== undefined) return numbersDigest(numbers);
  return texts === undefined ? null : digestText(JSON.stringify(texts));
}

/** Over 64-bit floats in little-endian order, whatever the machine; every NaN counts as the same missing value. */
function numbersDigest(values: Float64Array): Digest {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [index, value] of values.entries()) view.setFloat64(index * 8, Number.isNaN(value) ? Number.NaN : value, true);
  return digestBytes(new Uint8Array(view.buffer));
}
