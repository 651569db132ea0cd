import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import type { Bounds } from './bounds.ts';

/** Sum of a value and rows of one cluster, such as a day. */
export interface Cluster {
  readonly sum: number;
  readonly rows: number;
}

/** Mean of rows that come in clusters. */
export interface ClusterRatio {
  readonly value: number;
  /** null below `fewest` clusters: they would not tell how much clusters differ. */
  readonly interval: Bounds | null;
  /** null like the interval. */
  readonly standardError: number | null;
  /** Clusters with rows. */
  readonly clusters: number;
}

/**
 * Mean value of rows whose days (or other clusters) have a life of their own: the interval treats whole clusters as what was drawn, not rows.
 *
 * Ratio estimate r = Σ sums / Σ rows with the linearised variance K/(K − 1) · Σ (sum − r · rows)² / (Σ rows)², over K clusters (Cochran 1977, Sampling Techniques,
 * sections 2.11 and 9A.3; the cluster-robust variance of a mean, https://en.wikipedia.org/wiki/Clustered_standard_errors), and Student's t with K − 1 degrees of freedom. Assumes that clusters are independent of
 * each other: neighbouring days that resemble each other make it too narrow. null without rows. O(clusters).
 *
 * @example clusterRatio([{ sum: 2, rows: 2 }, { sum: 6, rows: 2 }])?.value; // => 2
 */
export function clusterRatio(clusters: readonly Cluster[], { level = 0.95, fewest = 5 } = {}): ClusterRatio | null {
  const filled = clusters.filter(({ rows }) => rows > 0);
  const count = filled.length;
  const rows = filled.reduce((sum, cluster) => sum + cluster.rows, 0);
  if (count === 0) return null;
  const value = filled.reduce((sum, cluster) => sum + cluster.sum, 0) / rows;
  if (count < Math.max(2, fewest)) return { value, interval: null, standardError: null, clusters: count };
  const squares = filled.reduce((sum, cluster) => sum + (cluster.sum - value * cluster.rows) ** 2, 0);
  const standardError = Math.sqrt(((count / (count - 1)) * squares) / rows ** 2);
  const half = studentTQuantile((1 - level) / 2, count - 1) * standardError;
  return { value, interval: { lower: value - half, upper: value + half, level }, standardError, clusters: count };
}
