import type { LabelCube } from '../schema/label-cube.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Signal } from '../schema/signal.ts';
import { figure, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** So many rows of a class are to be expected before their absence is no chance: even where days differ tenfold as much as independent rows. */
const LEAST_EXPECTED = 50;
const METHOD = 'Classes of the labels against the reference';

/**
 * Whether a class has vanished from the labels: labels that all say one thing are a broken source far more often than a changed world, and no metric of
 * order can be computed from them, so that nothing else would speak. Looks at the newest mature windows, as many as it takes to expect 50 rows of a
 * class. None for a regression, nor where the reference holds one class only.
 */
export function vanishedClasses(evidence: WindowEvidence): Signal[] {
  const { definition, reference, trailingCubes } = evidence;
  const before = countsOf(reference.labels, definition);
  const known = before.filter(({ rows }) => rows > 0);
  if (known.length < 2) return [];
  const all = total(before);
  const newestFirst = trailingCubes.toSorted((a, b) => (a.window.start < b.window.start ? 1 : -1));
  const looks = known.flatMap(({ name, rows }) => lookBack(newestFirst, { name, share: rows / all, definition }) ?? []);
  const base = {
    kind: 'data-quality' as const,
    subject: 'labels',
    method: METHOD,
    sampleSize: Math.max(0, ...looks.map(({ seen }) => seen)),
  };
  if (looks.length === 0) {
    const why = `No class of the labels is expected ${figure(LEAST_EXPECTED)} times in the mature windows.`;
    return [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  }
  const gone = looks.filter(({ found }) => found === 0);
  const threshold = { operator: '>' as const, level: 0, rule: 'no class that the reference holds may vanish from the labels' };
  const told = gone.map(
    ({ name, seen, expected }) =>
      `none of the newest ${rowsText(seen)} with a label is "${name}", where about ${figure(Math.round(expected))} were to be expected`,
  );
  const why =
    gone.length === 0
      ? 'Every class that is frequent enough to be expected is there.'
      : `${sentenceCase(told.join('; '))}. Ask whoever writes the labels.`;
  return [signalOf(evidence, { ...base, value: gone.length, threshold, status: gone.length === 0 ? 'ok' : 'alert', why })];
}

interface ClassCount {
  readonly name: string;
  readonly rows: number;
}

/** Labelled rows by class; empty for a regression. */
function countsOf(cube: LabelCube, { task, labels }: ModelDefinition): ClassCount[] {
  if (task === 'binary') {
    return [
      { name: labels.negative ?? 'negative', rows: cube.labelled - cube.positives },
      { name: labels.positive ?? 'positive', rows: cube.positives },
    ];
  }
  const confusion = cube.confusion ?? [];
  const rowsOf = (actual: number) => total(confusion.filter(([, index]) => index === actual).map(([, , rows]) => ({ rows })));
  return (labels.classes ?? []).map((name, actual) => ({ name, rows: rowsOf(actual) }));
}

/** The newest windows in which enough rows of a class are expected; null where all together expect too few. */
function lookBack(
  newestFirst: readonly LabelCube[],
  { name, share, definition }: { readonly name: string; readonly share: number; readonly definition: ModelDefinition },
): { readonly name: string; readonly seen: number; readonly found: number; readonly expected: number } | null {
  let [seen, found] = [0, 0];
  for (const cube of newestFirst) {
    seen += cube.labelled;
    found += countsOf(cube, definition).find((each) => each.name === name)?.rows ?? 0;
    if (seen * share >= LEAST_EXPECTED) return { name, seen, found, expected: seen * share };
  }
  return null;
}

function total(counts: readonly { readonly rows: number }[]): number {
  return counts.reduce((sum, { rows }) => sum + rows, 0);
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
