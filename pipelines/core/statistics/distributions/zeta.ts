/**
 * Riemann's zeta function for s > 1: the sum of n^(−s).
 *
 * Twenty terms and the Euler-Maclaurin remainder, about 1e-14 (https://dlmf.nist.gov/25.2#E8). For the stitched bounds. O(1).
 *
 * @example zeta(2); // => 1.6449340668482264
 */
export function zeta(s: number): number {
  if (!(s > 1)) throw new RangeError(`zeta requires s above 1, got ${s}`);
  const cut = 20;
  let sum = 0;
  for (let n = 1; n < cut; n += 1) sum += n ** -s;
  const tail = cut ** (1 - s) / (s - 1) + cut ** -s / 2;
  const corrections =
    (s * cut ** (-s - 1)) / 12 -
    (s * (s + 1) * (s + 2) * cut ** (-s - 3)) / 720 +
    (s * (s + 1) * (s + 2) * (s + 3) * (s + 4) * cut ** (-s - 5)) / 30_240;
  return sum + tail + corrections;
}
