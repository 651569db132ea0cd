import { SAMPLE_SHARE, weighedRows } from '../profile/restless-rows.ts';
import { everyRow, fewerRows, relatedColumns, sampleTables } from '../profile/sample-table.ts';
import type { Column } from '../schema/column.ts';
import type { RowSample } from '../schema/row-sample.ts';
import type { Signal } from '../schema/signal.ts';
import { type DomainDrift, domainClassifier } from '../statistics/multivariate/domain-classifier.ts';
import type { FeatureTable } from '../statistics/multivariate/feature-table.ts';
import { FEWEST_ROWS } from '../statistics/sequential/drift-evidence.ts';
import { restlessEvidence } from '../statistics/sequential/restless-evidence.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { figure, probability, rowsText } from './phrase-figures.ts';
import { relationsSignal } from './relations-signal.ts';
import { evidenceSentence, restlessnessOf, type SampledDrift, sampledStatus, toldEvidence } from './sampled-drift.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** The subject of statements about all columns together. */
export const TOGETHER = 'all columns';
/** Its name in the evidence of the model, beside those of columns. */
const KEY = '$columns';
const NAMED_COLUMNS = 5;
const METHOD = 'Domain classifier on the cells of every column and of pairs, area out of fold, p value of progressive validation';

/**
 * Change of several columns together, which no column shows by itself: whether a classifier tells rows of the window from rows of the reference, and by
 * which columns. An alert needs an area of monitoring.multivariate.areaFloor, a p value, enough rows on both sides (the window weighs at most a tenth of the
 * reference sample), and the evidence of the model (see `weighDrift`). Beside it, report-only, the reconstruction error. Empty for fewer than two columns.
 */
export function multivariateDrift(evidence: WindowEvidence): SampledDrift[] {
  const { definition, reference, sample } = evidence;
  if (!definition.monitoring.multivariate.enabled || sample === null || sample === undefined) return [];
  const columns = relatedColumns(definition, reference.recognised);
  if (columns.length < 2) return [];
  const drawn = drawTables(evidence, columns, sample);
  const obstacle = obstacleOf(evidence, sample, drawn);
  const found = obstacle === null ? domainClassifier(drawn.reference, drawn.window) : null;
  if (found === null) {
    const why = obstacle ?? 'Too few rows of a fold to tell the window from the reference.';
    return [{ key: KEY, eValue: null, tell: () => [unjudged(evidence, drawn, why)] }];
  }
  const { restless } = reference;
  const weighed = restlessEvidence(found.statistic, restlessnessOf(restless, restless?.together));
  return [
    {
      key: KEY,
      eValue: weighed.eValue,
      tell: (total) => [
        togetherSignal(evidence, { found, differing: differing(columns, found), rows: drawn.window.table.rows, ...weighed, total }),
        relationsSignal(evidence, { reference: drawn.reference.table, window: drawn.window.table }),
      ],
    },
  ];
}

type Drawn = ReturnType<typeof drawTables>;

function drawTables({ definition, reference: against }: WindowEvidence, columns: readonly Column[], sample: RowSample) {
  const limit = definition.monitoring.multivariate.sampleRows;
  const before = fewerRows(sample.reference, everyRow(sample.reference), limit);
  const now = fewerRows(sample.window, everyRow(sample.window), weighedRows(against, before.length));
  const [reference, window] = sampleTables(columns, [
    { rows: sample.reference, positions: before },
    { rows: sample.window, positions: now },
  ]);
  return { reference, window };
}

function obstacleOf({ definition, reference }: WindowEvidence, sample: RowSample, drawn: Drawn): string | null {
  const { minimumRows } = definition.monitoring;
  const rows = sample.window.ids.length;
  if (rows < minimumRows) return `${rowsText(rows)} in the window; columns are judged together from ${figure(minimumRows)} on.`;
  if (drawn.window.table.rows >= FEWEST_ROWS) return null;
  const held = rowsText(drawn.reference.table.rows);
  return `The log holds ${held} of the range of ${reference.version}'s reference; ${figure(FEWEST_ROWS * SAMPLE_SHARE)} are needed.`;
}

function unjudged(evidence: WindowEvidence, drawn: Drawn, why: string): Signal {
  const base = { kind: 'multivariate-drift' as const, subject: TOGETHER, method: METHOD };
  return signalOf(evidence, { ...base, sampleSize: rowsOf(drawn.window.table), status: 'insufficient-data', why });
}

function rowsOf({ rows }: FeatureTable): number {
  return rows;
}

interface Told {
  readonly found: DomainDrift;
  /** The columns that the classifier needs, most needed first. */
  readonly differing: readonly { readonly name: string; readonly value: number }[];
  readonly rows: number;
  readonly pValue: number;
  readonly eValue: number;
  readonly total: number;
}

function togetherSignal(evidence: WindowEvidence, told: Told): Signal {
  const { found, pValue, rows } = told;
  const { areaFloor } = evidence.definition.monitoring.multivariate;
  return signalOf(evidence, {
    kind: 'multivariate-drift',
    subject: TOGETHER,
    method: METHOD,
    value: found.area,
    reference: 0.5,
    interval: found.interval,
    pValue,
    evidence: toldEvidence(evidence, told.eValue, told.total),
    threshold: { operator: '>', level: areaFloor, rule: 'monitoring.multivariate.areaFloor of model.yml' },
    sampleSize: rows,
    parts: told.differing.map(({ name, value }) => ({ name, value: Number(value.toPrecision(6)), reference: null, current: null })),
    status: sampledStatus(evidence, { isLarge: found.area >= areaFloor, pValue, total: told.total }),
    why: sentence(evidence, told, areaFloor),
  });
}

/** Rows that are independent would not give such an area; the p value is large only because the reference is restless. */
function isPlain({ interval }: DomainDrift): boolean {
  return interval.lower > 0.5;
}

function sentence(evidence: WindowEvidence, told: Told, areaFloor: number): string {
  const { found, pValue, rows, total } = told;
  const measured = `A classifier tells ${rowsText(rows)} of the window from the reference with an area of ${figure(found.area)} (limit ${figure(areaFloor)}, .5 is chance, ${probability(pValue)})`;
  if (pValue > EVIDENCE_LEVEL)
    return `${measured}: ${isPlain(found) ? 'windows of the reference differ from the rest of it as much' : 'no more than chance gives'}.`;
  if (found.area < areaFloor) return `${measured}: too little to matter.`;
  const names = told.differing.map(({ name, value }) => `${name} (${figure(value)})`);
  const by = names.length === 0 ? 'by no single column' : `by ${names.join(', ')}, which lose that much area when shuffled`;
  return `${measured}, ${by}; ${evidenceSentence(evidence, total)}`;
}

function differing(columns: readonly Column[], found: DomainDrift): Told['differing'] {
  const importance = found.importance();
  return columns
    .map(({ name }, place) => ({ name, value: importance[place] ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .slice(0, NAMED_COLUMNS);
}
