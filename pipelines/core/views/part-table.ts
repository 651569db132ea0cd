import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { AttributeReport, Disparity, SliceFigures, SliceReport } from '../schema/group-report.ts';
import { FAIRNESS_WORDS, fairnessDigits, groupNotes, phraseGroupEstimate, phraseGroupFigures } from '../schema/phrase-group.ts';
import { phraseCount, phraseInterval, phraseNumber, phraseQuantity } from './phrase-number.ts';

const SHOWN = 5;

/** One slice as people read it. */
export interface SliceRow {
  readonly name: string;
  readonly kind: 'all rows' | 'declared' | 'found';
  readonly rows: string;
  readonly champion: string;
  readonly challenger: string;
  /** Positive is worse. */
  readonly increase: string;
}

/** Slices of an evaluation, with what the figures are. */
export interface SliceTable {
  readonly caption: string;
  readonly rows: readonly SliceRow[];
  /** What the search did, and where labels are worth most. */
  readonly notes: readonly string[];
}

/** All rows, then the declared slices, then the worst found ones; null for a report without slices. */
export function sliceTable({ slices, heldOut }: EvaluationReport): SliceTable | null {
  if (slices === undefined) return null;
  const digits = slices.loss === 'wrong calls' ? 3 : 2;
  const rowOf = (kind: SliceRow['kind']) => (slice: SliceFigures) => sliceRow(kind, slice, digits);
  const rows = [
    rowOf('all rows')(slices.overall),
    ...slices.declared.map(rowOf('declared')),
    ...slices.found.slice(0, SHOWN).map(rowOf('found')),
  ];
  const what = slices.loss === 'wrong calls' ? 'Share of wrong calls' : 'Mean absolute error, in units of the label';
  return { caption: `${what}; smaller is better. ${slices.method}.${sampleNote(heldOut)}`, rows, notes: sliceNotes(slices) };
}

function sliceRow(kind: SliceRow['kind'], { name, rows, champion, challenger, increase, why }: SliceFigures, digits: number): SliceRow {
  return {
    name,
    kind,
    rows: phraseCount(rows),
    champion: phraseGroupEstimate(champion, digits),
    challenger: why ?? phraseGroupEstimate(challenger, digits),
    increase: phraseGroupEstimate(increase, digits + 1),
  };
}

function sliceNotes({ search, found }: SliceReport): string[] {
  if (search === null) return ['Slices were not looked for.'];
  const { candidates, tested, falseDiscoveryRate, discoveryRows, testRows } = search;
  const halves = `${phraseQuantity(candidates, 'slice')} of one and two columns were looked at on ${phraseQuantity(discoveryRows, 'row')}; ${phraseQuantity(tested, 'slice')} stood out and were tested on ${phraseQuantity(testRows, 'other row')}, of which ${phraseCount(found.length)} passed (at most ${phraseNumber(falseDiscoveryRate * 100, 0)} % of those are expected to be chance).`;
  const worst = found[0];
  return worst === undefined ? [halves] : [halves, `Collect labels where ${worst.name}: holdfast queue lists ids.`];
}

/** The groups of one protected column as people read them. */
export interface AttributeTable {
  readonly attribute: string;
  readonly caption: string;
  /** What the figures of a group are called, in their order. */
  readonly titles: readonly string[];
  readonly groups: readonly {
    readonly name: string;
    readonly rows: string;
    readonly figures: readonly string[];
    /** Loss gained on the champion; positive is worse. */
    readonly increase: string;
  }[];
  readonly distances: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly champion: string;
    readonly challenger: string;
    /** Which groups differ most under the challenger. */
    readonly between: string;
    /** Positive is worse. */
    readonly widening: string;
  }[];
  readonly notes: readonly string[];
}

/** One table a protected column; empty for a report without them. */
export function attributeTables({ fairness, heldOut }: EvaluationReport): AttributeTable[] {
  return (fairness ?? []).map((report) => attributeTable(report, sampleNote(heldOut)));
}

/** Counts of a sample are told as such; nothing where all rows were read. */
function sampleNote({ sampledFrom, rows }: EvaluationReport['heldOut']): string {
  return sampledFrom === undefined
    ? ''
    : ` Counts are of a sample: ${phraseQuantity(rows, 'labelled row')}, drawn by hash of id from ${phraseQuantity(sampledFrom, 'row')}.`;
}

function attributeTable(report: AttributeReport, sample: string): AttributeTable {
  const { attribute, groups, disparities, method } = report;
  const phrased = groups.map(({ challenger }) => phraseGroupFigures(challenger, report));
  return {
    attribute,
    caption: `Groups of ${attribute} under the challenger. ${method}.${sample}`,
    titles: (phrased[0] ?? []).map(({ title }) => title),
    groups: groups.map(({ name, rows, increase }, index) => ({
      name,
      rows: phraseCount(rows),
      figures: (phrased[index] ?? []).map(({ text }) => text),
      increase: phraseGroupEstimate(increase, 4),
    })),
    distances: disparities.map(({ measure, challenger, champion, widening }) => {
      const digits = fairnessDigits(measure, challenger.value);
      return {
        ...FAIRNESS_WORDS[measure],
        champion: champion === null ? '–' : distanceText(champion, digits),
        challenger: distanceText(challenger, digits),
        between: betweenText(challenger),
        widening: phraseGroupEstimate(widening, digits + 1),
      };
    }),
    notes: groupNotes(report),
  };
}

function betweenText({ lowest, highest, class: name }: Disparity): string {
  if (lowest === null || highest === null) return '–';
  return `${lowest}, ${highest}${name === undefined ? '' : ` (class ${name})`}`;
}

function distanceText({ value, interval, why }: Disparity, digits: number): string {
  if (value === null) return why ?? '–';
  return `${phraseNumber(value, digits)}${interval === null ? '' : ` (${phraseInterval(interval, digits)})`}`;
}
