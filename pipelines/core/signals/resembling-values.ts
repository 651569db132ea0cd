/** What makes a value that nobody knows look like one that is known. */
interface Resemblance {
  readonly told: string;
  /** The known value that is meant; null where none is. */
  readonly meant: (value: string, known: ReadonlySet<string>) => string | null;
}

const ABSENT = /^(|na|n\/a|#n\/a|<na>|nan|-nan|null|none|nil|undefined|missing|unknown|\?|-|\\n|-9+|9{3,})$/i;
const TRUTHS = new Map<string, boolean>([
  ...['true', 't', 'yes', 'y', '1', '1.0', 'on'].map((word): [string, boolean] => [word, true]),
  ...['false', 'f', 'no', 'n', '0', '0.0', 'off'].map((word): [string, boolean] => [word, false]),
]);
/** Share of the rows that one cause must explain. */
const MOSTLY = 0.9;

const RESEMBLANCES: readonly Resemblance[] = [
  { told: 'stand for a missing value that the log does not leave empty', meant: (value) => (ABSENT.test(value.trim()) ? '' : null) },
  { told: 'differ from known values only by blanks around them', meant: (value, known) => (known.has(value.trim()) ? value.trim() : null) },
  {
    told: 'differ from known values only by upper and lower case',
    meant: (value, known) => sameBy(known, value, (text) => text.toLowerCase()),
  },
  {
    told: 'are known values that were written as UTF-8 and read as Latin-1',
    meant: (value, known) => sameBy(known, value, (text) => (text === value ? text : misread(text))),
  },
  {
    told: 'are known values with letters lost to a wrong encoding',
    meant: (value, known) => (value.includes('\uFFFD') ? sameBy(known, value, skeleton) : null),
  },
  { told: 'are the same truth values in another spelling', meant: (value, known) => sameTruth(value, known) },
  {
    told: 'are known numbers in another spelling',
    meant: (value, known) =>
      value.trim() === '' || !Number.isFinite(Number(value))
        ? null
        : ([...known].find((text) => text.trim() !== '' && Number(text) === Number(value)) ?? null),
  },
];

/**
 * What explains nearly all rows (90 %) of values that a reference does not know, as a sentence with an example: another case, blanks, a wrong encoding, words for missing values, another spelling
 * of truth values or numbers; '' where nothing does. An example is named only from `minimumCount` rows on. `unseen`: rows by value. O(unseen · known) for few values.
 */
export function resemblingValues(
  unseen: readonly (readonly [value: string, rows: number])[],
  known: readonly string[],
  minimumCount: number,
): string {
  const names = new Set(known);
  const all = unseen.reduce((sum, [, rows]) => sum + rows, 0);
  for (const { told, meant } of RESEMBLANCES) {
    const found = unseen.flatMap(([value, rows]) => {
      const name = meant(value, names);
      return name === null ? [] : [{ value, rows, name }];
    });
    if (all === 0 || found.reduce((sum, { rows }) => sum + rows, 0) < MOSTLY * all) continue;
    const example = found.find(({ rows }) => rows >= minimumCount);
    const shown =
      example === undefined
        ? ''
        : `, such as ${JSON.stringify(example.value)}${example.name === '' ? '' : ` for ${JSON.stringify(example.name)}`}`;
    return ` They ${told}${shown}.`;
  }
  return '';
}

function sameBy(known: ReadonlySet<string>, value: string, key: (text: string) => string): string | null {
  const wanted = key(value);
  for (const name of known) if (name !== value && key(name) === wanted) return name;
  return null;
}

/** A text as it looks when its UTF-8 is read as Latin-1. */
function misread(text: string): string {
  try {
    return encodeURIComponent(text).replaceAll(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  } catch {
    // Half a surrogate pair has no UTF-8.
    return text;
  }
}

/** Each letter that is no ASCII, and each that was lost, as one sign. */
function skeleton(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]+/g, '\uFFFD');
}

function sameTruth(value: string, known: ReadonlySet<string>): string | null {
  const truth = TRUTHS.get(value.trim().toLowerCase());
  if (truth === undefined) return null;
  const names = [...known];
  if (!names.every((name) => TRUTHS.has(name.trim().toLowerCase()))) return null;
  return names.find((name) => TRUTHS.get(name.trim().toLowerCase()) === truth) ?? null;
}
