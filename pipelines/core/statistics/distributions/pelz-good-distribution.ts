const PI2 = Math.PI ** 2;
const PI4 = Math.PI ** 4;
const PI6 = Math.PI ** 6;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * The distribution of Kolmogorov's two-sided statistic for n rows by an asymptotic series: probability that D < d.
 *
 * In words: the limiting distribution plus corrections of order 1/sqrt(n), 1/n and n^(−3/2) (Pelz and Good 1976,
 * https://doi.org/10.1111/j.2517-6161.1976.tb01579.x). For n above about 140 accurate to 1e-7 or better; not for fewer rows. O(1).
 *
 * @example pelzGoodDistribution(0.05, 1000).toFixed(4); // => '0.9870'
 */
export function pelzGoodDistribution(d: number, n: number): number {
  const z = Math.sqrt(n) * d;
  if (z <= 0.04) return 0;
  const last = Math.ceil((16 * z) / Math.PI);
  const sums = [0, 0, 0, 0];
  for (let k = 1; k <= last; k += 1) {
    addTo(sums, overOddHalves(z, k - 0.5));
    addTo(sums, overIntegers(z, k));
  }
  return sums.reduce((total, sum, order) => total + sum / n ** (order / 2), 0);
}

/** Terms of the four orders at half-integers m: e^(−m²π²/(2z²)) times a polynomial in m²π². */
function overOddHalves(z: number, m: number): number[] {
  const weight = ROOT_TWO_PI * Math.exp((-PI2 * m * m) / (2 * z * z));
  const m2 = m * m;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const first = PI2 * m2 - z2;
  const second = 6 * z6 + 2 * z4 + PI2 * (2 * z4 - 5 * z2) * m2 + PI4 * (1 - 2 * z2) * m2 * m2;
  const third =
    -30 * z6 - 90 * z4 * z4 + PI2 * (135 * z4 - 96 * z6) * m2 + PI4 * (212 * z4 - 60 * z2) * m2 * m2 + PI6 * (5 - 30 * z2) * m2 * m2 * m2;
  return [weight / z, (weight * first) / (6 * z4), (weight * second) / (72 * z6 * z), (weight * third) / (6480 * z6 * z4)];
}

/** The corrections of orders 2 and 3 at whole numbers k. */
function overIntegers(z: number, k: number): number[] {
  const weight = ROOT_TWO_PI * PI2 * k * k * Math.exp((-PI2 * k * k) / (2 * z * z));
  return [0, 0, -weight / (36 * z ** 3), (weight * (3 * z * z - PI2 * k * k)) / (216 * z ** 6)];
}

function addTo(sums: number[], terms: readonly number[]): void {
  for (const [order, term] of terms.entries()) sums[order] = (sums[order] ?? 0) + term;
}
