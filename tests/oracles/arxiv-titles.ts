import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const FILE = fileURLToPath(new URL('../../../shared/data/arxiv-titles/log.csv.gz', import.meta.url));

/** One title with its day. */
export interface Title {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly title: string;
}

/** Whether the titles lie beside the repository; says so loudly when they do not. */
export function titlesPresent(): boolean {
  const present = existsSync(FILE);
  if (!present) console.warn('NOT TESTED: ../shared/data/arxiv-titles is absent, so vocabulary is not measured on real titles.');
  return present;
}

/** The titles of a range of days, from inclusive, to exclusive. Titles are the third of four columns; some are quoted. */
export function titlesOf(from: string, to: string): Title[] {
  const lines = gunzipSync(readFileSync(FILE)).toString('utf8').trim().split('\n').slice(1);
  const titles = lines.map((line) => {
    const [id = '', at = ''] = line.split(',', 2);
    const quoted = line.slice(id.length + at.length + 2, line.lastIndexOf(','));
    return { id, day: at.slice(0, 10), title: quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted };
  });
  return titles.filter(({ day }) => day >= from && day < to);
}
