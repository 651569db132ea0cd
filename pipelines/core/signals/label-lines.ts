import type { LabelCube } from '../schema/label-cube.ts';
import { phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeShare } from './judge-share.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { type LabelCoverage, signalOf, type WindowEvidence } from './signal-of.ts';

const UNEXPLAINED = ' No line tells why: if the rows without a label are not like the others, what labels measure does not hold for them.';

/** Lines of the labels, and how many of them were set aside, by reason. */
interface Lines {
  readonly rows: number;
  readonly reasons: ReadonlyMap<string, number>;
}

/**
 * Share of the lines of labels that were set aside (texts that are no label, ids that no prediction has, times before the prediction) in the newest mature
 * windows, as many as it takes to hold monitoring.minimumRows lines: labels that are lost in part leave rows that look as if nobody had judged them.
 * Alert when it lies for sure above logs.maximumQuarantineShare while fewer rows have a label than in the reference, by more than
 * monitoring.missing.toleratedIncrease: a file may always label more than was predicted, or know a text that is no label. Where rows lack their labels and
 * no line was set aside, it warns: labels may be lost just where the model is wrong. A list without an element where no window is mature, or nobody
 * counted the rows.
 */
export function labelLines(evidence: WindowEvidence): Signal[] {
  const { definition, trailingCubes, realised } = evidence;
  const coverage = realised?.coverage;
  if (trailingCubes.length === 0 || coverage === undefined) return [];
  const least = definition.monitoring.minimumRows;
  const { rows, reasons } = newestLines(trailingCubes, least);
  const bad = sum(reasons.values());
  const base = {
    kind: 'data-quality' as const,
    subject: 'label-lines',
    method: 'Share of the lines of labels that were set aside, Wilson interval, where fewer rows than usual have a label',
    sampleSize: rows,
  };
  if (rows < least || coverage.rows < least) {
    const why = `${phraseQuantity(rows, 'line')} of labels for ${rowsText(coverage.rows)} in the mature windows; at least ${figure(least)} are needed.`;
    return [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  }
  const allowed = definition.logs.maximumQuarantineShare;
  const { value, interval, status } = judgeShare({ bad, rows }, allowed, alarmChance(definition, 'fresh'));
  const lost = judgeLoss(evidence, coverage);
  const unexplained = status === 'ok';
  const detail = [...reasons].map(([reason, count]) => `${reason} ${figure(count)}`).join(', ');
  const told = `${figure(bad)} of the newest ${phraseQuantity(rows, 'line')} of labels (${percent(value)}) ${phraseVerb(bad, 'was', 'were')} set aside${detail === '' ? '' : `: ${detail}`}; ${percent(allowed)} are accepted`;
  const left = `${percent(lost.labelled)} of the rows have a label, ${percent(lost.usual)} in the reference`;
  return [
    signalOf(evidence, {
      ...base,
      value,
      interval,
      threshold: {
        operator: '>',
        level: allowed,
        rule: 'logs.maximumQuarantineShare of model.yml, where fewer rows than usual have a label',
      },
      status: lost.status !== 'alert' ? 'ok' : unexplained ? 'warning' : status,
      why: `${told}. ${left}.${lost.status !== 'alert' ? '' : unexplained ? UNEXPLAINED : ' Ask whoever writes the labels.'}`,
    }),
  ];
}

/** Whether fewer rows have a label than the reference lets expect by now. */
function judgeLoss({ definition, reference }: WindowEvidence, { due, labelled }: LabelCoverage) {
  const rows = Math.max(1, Math.round(due));
  const usual = reference.profile.rows === 0 ? 0 : Math.min(1, reference.labels.labelled / reference.profile.rows);
  const level = Math.min(1, 1 - usual + definition.monitoring.missing.toleratedIncrease);
  const { value, status } = judgeShare({ bad: Math.max(0, rows - labelled), rows }, level, alarmChance(definition, 'fresh'));
  return { labelled: 1 - value, usual, status };
}

/** Newest first, until they hold as many lines as are needed. */
function newestLines(cubes: readonly LabelCube[], least: number): Lines {
  let found: Lines = { rows: 0, reasons: new Map() };
  for (const cube of cubes.toSorted((a, b) => (a.window.start < b.window.start ? 1 : -1))) {
    if (found.rows >= least) return found;
    const { rows, reasons } = linesOf(cube);
    const merged = new Map(found.reasons);
    for (const [reason, count] of reasons) merged.set(reason, (merged.get(reason) ?? 0) + count);
    found = { rows: found.rows + rows, reasons: merged };
  }
  return found;
}

function linesOf({ labelled, quarantined }: LabelCube): Lines {
  const reasons = new Map(Object.entries(quarantined).sort(([, a], [, b]) => b - a));
  return { rows: labelled + sum(reasons.values()), reasons };
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}
