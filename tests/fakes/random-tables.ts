import type { SeededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';

/** Standard normal numbers (Box and Muller). */
export function normals(rows: number, random: SeededRandom): Float64Array {
  return Float64Array.from({ length: rows }, () => {
    const radius = Math.sqrt(-2 * Math.log((random.uint32() + 1) / 4_294_967_297));
    return radius * Math.cos((2 * Math.PI * random.uint32()) / 4_294_967_296);
  });
}
