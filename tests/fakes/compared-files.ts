import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One line of the rentals: a price in cents, a tier, rooms and a comment that may be missing. */
interface Rental {
  readonly price: number;
  readonly tier: string;
  readonly rooms: number;
  readonly comment: string;
}

/** Rentals from the generator of Lehmer (16807, modulo 2³¹ − 1), which every language computes alike: SciPy saw the same rows. */
export function rentals(of: { readonly seed: number; readonly rows: number; readonly shift: number; readonly tiers: number }): Rental[] {
  let state = of.seed;
  const next = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state;
  };
  return Array.from({ length: of.rows }, () => {
    const price = ((next() % 100_000) + of.shift) / 100;
    const tier = 'abcdef'[next() % of.tiers] ?? '';
    const rooms = next() % 4;
    const isMissing = next() % (of.shift === 0 ? 10 : 5) === 0;
    return { price, tier, rooms, comment: isMissing ? '' : `x${next() % 3}` };
  });
}

export const BEFORE = rentals({ seed: 7, rows: 300, shift: 0, tiers: 5 });
export const AFTER = rentals({ seed: 11, rows: 260, shift: 9000, tiers: 6 });

/** Writes records as CSV and gives the path. */
export async function writeCsv(folder: string, name: string, rows: readonly Readonly<Record<string, string | number>>[]): Promise<string> {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((key) => String(row[key] ?? '')))].map((cells) => cells.join(','));
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}
