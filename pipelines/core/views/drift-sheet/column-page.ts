import type { ColumnSheet, SheetDistance, SheetRule, SheetTest } from '../../schema/drift-sheet.ts';
import { figure, percent } from '../../signals/phrase-figures.ts';
import { classBars } from './class-bars.ts';
import { aligned, cell, chance, shareText } from './figures.ts';
import { measureName } from './measure-names.ts';

const USES = { deciding: 'decides', report: '', 'report-only': 'report only' } as const;

/** Everything that is known of one column, as lines. */
export function columnPage(column: ColumnSheet, rule: SheetRule): string[] {
  const { name, kind, verdict, why, rows, missing, unseen, notes } = column;
  return [
    `${name} (${kind}): ${verdict.replaceAll('-', ' ')}${why === '' ? '' : `; ${why}`}`,
    `rows ${figure(rows.reference)} → ${figure(rows.current)}${missing === null ? '' : `, missing ${shareText(missing.reference)} → ${shareText(missing.current)}${missing.reference + missing.current === 0 ? '' : ` (p ${chance(missing.pValue)})`}`}`,
    ...(unseen === null || unseen.current === 0
      ? []
      : [`values that the reference never held: ${shareText(unseen.current)} of the rows, ${intervalText(unseen.interval, percent)}`]),
    ...decision(column, rule),
    ...notes.map((note) => `note: ${note}`),
    ...(kind === 'text'
      ? ['note: classes, numbers, distances and all tests but the two of words are of the length of its texts, in characters']
      : []),
    ...summaryLines(column),
    ...section('classes, frozen at the reference', classBars(column)),
    ...section('distances', distanceLines(column.distances)),
    ...section('tests', testLines(column.tests)),
  ];
}

function decision({ effect, evidence }: ColumnSheet, rule: SheetRule): string[] {
  if (effect === null || evidence === null) return [];
  const relation = effect.value >= effect.limit ? 'reaches' : 'is below';
  return [
    `effect   ${measureName(effect.id)} ${cell(effect.value)} ${relation} its limit ${cell(effect.limit)}`,
    `evidence ${measureName(evidence.test)}: p ${chance(evidence.pValue)}${evidence.qValue === null ? '' : `, q ${chance(evidence.qValue)} (limit ${rule.falseDiscoveryRate})`}`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function summaryLines({ summaries }: ColumnSheet): string[] {
  if (summaries === null) return [];
  const { reference, current } = summaries;
  const of = (name: string, key: 'mean' | 'median' | 'standardDeviation') => [
    name,
    ...[reference[key], current[key]].map(
      ({ value, standardError }) => `${figure(value)}${standardError === null ? '' : ` ± ${figure(standardError)}`}`,
    ),
  ];
  const quantiles = reference.quantiles.map(([share, value], place) => [
    `${share === 0 ? 'least' : share === 1 ? 'largest' : `${figure(100 * share)} % below`}`,
    figure(value),
    figure(current.quantiles[place]?.[1] ?? Number.NaN),
  ]);
  const rows = [
    ['', 'reference', 'current'],
    of('mean', 'mean'),
    of('median', 'median'),
    of('deviation', 'standardDeviation'),
    ...quantiles,
  ];
  return section('numbers (± standard error)', aligned(rows, [1, 2]));
}

function distanceLines(distances: readonly SheetDistance[]): string[] {
  const rows = distances.map(({ id, value, chance: expected, use, note }) => [
    measureName(id),
    cell(value),
    expected === undefined ? '' : `chance gives ${cell(expected)}`,
    USES[use],
    note ?? '',
  ]);
  return aligned(rows, [1]);
}

function testLines(tests: readonly SheetTest[]): string[] {
  const rows = tests.map(({ id, statistic, degreesOfFreedom, pValue, estimate, interval, use, note }) => [
    measureName(id),
    statistic === null ? '' : `${cell(statistic)}${degreesOfFreedom === undefined ? '' : ` (df ${figure(degreesOfFreedom)})`}`,
    `p ${chance(pValue)}`,
    estimate === undefined ? '' : `${cell(estimate)} ${intervalText(interval ?? null, cell)}`.trim(),
    USES[use],
    note ?? '',
  ]);
  return aligned(rows, [1]);
}

function intervalText(
  interval: { readonly lower: number; readonly upper: number; readonly level: number } | null,
  tell: (value: number) => string,
): string {
  return interval === null ? '' : `[${tell(interval.lower)} to ${tell(interval.upper)}]`;
}
