import type { GroupEstimate, GroupPromise, SliceFigures, SliceReport } from '../schema/group-report.ts';
import { phraseGroupEstimate } from '../schema/phrase-group.ts';
import { phraseCount, phraseNumber, phraseQuantity } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import type { SliceDefinition } from '../schema/slice-definition.ts';
import { type Statement, signalOf } from '../signals/signal-of.ts';
import type { PartEvidence } from './part-signals.ts';

/** Subject of the one statement about slices that nobody declared. */
export const FOUND_SLICES = 'slices that were found';
const NAMED = 3;

/** A statement for each declared slice, and one about the slices that were found in these rows. */
export function sliceSignals(evidence: PartEvidence, report: SliceReport): Signal[] {
  const { definition } = evidence;
  const declared = definition.slices.flatMap((slice) => {
    const figures = report.declared.find(({ name }) => name === slice.name);
    return figures === undefined ? [] : [declaredSignal(evidence, { slice, figures, report })];
  });
  return report.search === null ? declared : [...declared, foundSignal(evidence, report)];
}

interface Declared {
  readonly slice: SliceDefinition;
  readonly figures: SliceFigures;
  readonly report: SliceReport;
}

/**
 * The loss in a declared slice against what the version promised there. With slices[].toleratedIncrease of the definition: an alert when even the lower bound is beyond it, a warning when only the estimate is. What was promised was measured on rows
 * too: the bound is moved by √(1 + rows/promised rows), as that of a difference of two samples that vary alike, since a promise that was lucky stays so in every window.
 * Without one: a warning when the loss is above the promise for sure, never an alert.
 */
function declaredSignal(evidence: PartEvidence, { slice, figures, report }: Declared): Signal {
  const { challenger: now } = figures;
  const promise = evidence.reference.groups;
  const promisedThere = promise?.loss === report.loss ? promise.slices.find(({ name }) => name === slice.name) : undefined;
  const promised = promisedThere?.loss ?? null;
  const base = {
    kind: 'slice-performance' as const,
    subject: slice.name,
    method: `Mean of ${report.loss}. ${report.method}`,
    window: evidence.measured,
    sampleSize: figures.rows,
    value: now.value,
    interval: now.interval,
    reference: promised,
  };
  if (now.value === null)
    return signalOf(evidence, { ...base, status: 'insufficient-data', why: `${slice.name}: ${figures.why ?? 'not measured.'}` });
  const said = `${slice.name}: ${report.loss} ${phraseGroupEstimate(now)} on ${phraseCount(figures.rows)} labelled rows, ${phraseGroupEstimate(report.overall.challenger)} on all`;
  if (promisedThere === undefined) {
    return signalOf(evidence, {
      ...base,
      status: 'insufficient-data',
      why: `${said}; ${evidence.reference.version} promised nothing there.`,
    });
  }
  return signalOf(evidence, { ...base, ...judgedSlice(slice, { promise, promised: promisedThere, now, said }) });
}

function judgedSlice(
  { toleratedIncrease }: SliceDefinition,
  of: {
    readonly promise: GroupPromise | undefined;
    readonly promised: GroupPromise['slices'][number];
    readonly now: SliceFigures['challenger'];
    readonly said: string;
  },
): Pick<Statement, 'threshold' | 'status' | 'why'> {
  const { promise, now, said } = of;
  const promised = of.promised.loss;
  const usual = promise?.overall ?? null;
  const lower = lowerBound(now, of.promised.sampleSize);
  const isAbove = (level: number) => lower !== null && lower > level;
  if (toleratedIncrease === undefined || usual === null) {
    const status = isAbove(promised) ? 'warning' : 'ok';
    const verdict = status === 'warning' ? 'more for sure' : 'no more than chance explains';
    return {
      threshold: null,
      status,
      why: `${said}; ${phraseNumber(promised, 3)} was promised: ${verdict}. No increase was agreed to be too much.`,
    };
  }
  const level = promised + toleratedIncrease * usual;
  const status = isAbove(level) ? 'alert' : (now.value ?? 0) > level ? 'warning' : 'ok';
  return {
    threshold: { operator: '>', level, rule: 'promise of the version and toleratedIncrease of the slice' },
    status,
    why: `${said}; ${phraseNumber(promised, 3)} was promised and ${phraseNumber(level, 3)} is the limit.`,
  };
}

/** Of the loss above what was promised there, as a loss. */
function lowerBound({ value, interval, sampleSize }: GroupEstimate, promisedRows: number): number | null {
  if (value === null || interval === null || promisedRows === 0) return null;
  return value - (value - interval.lower) * Math.sqrt(1 + sampleSize / promisedRows);
}

/** The loss of the worst found slice beside that of all rows. Reported only: every model errs more somewhere. Names where labels are worth most. */
function foundSignal(evidence: PartEvidence, { found, search, loss, method, overall }: SliceReport): Signal {
  const base = {
    kind: 'slice-performance' as const,
    subject: FOUND_SLICES,
    method: `Search over one and two columns on one half of the rows, test on the other, Benjamini-Hochberg. ${method}`,
    window: evidence.measured,
    sampleSize: (search?.discoveryRows ?? 0) + (search?.testRows ?? 0),
  };
  if ((search?.candidates ?? 0) === 0)
    return signalOf(evidence, { ...base, status: 'insufficient-data', why: 'Too few labelled rows to look for slices.' });
  const named = found
    .slice(0, NAMED)
    .map(({ name, rows, challenger }) => `${name} (${phraseGroupEstimate(challenger)}, ${phraseQuantity(rows, 'row')})`);
  const why =
    found.length === 0
      ? `No slice of ${phraseCount(search?.candidates ?? 0)} has more ${loss} than the rest beyond chance.`
      : `${phraseQuantity(found.length, 'slice')} with more ${loss} than the rest (${phraseGroupEstimate(overall.challenger)} on all): ${named.join('; ')}. Collect labels there: holdfast queue lists ids. Reported only.`;
  const worst = (found[0] ?? overall).challenger;
  return signalOf(evidence, {
    ...base,
    value: worst.value,
    interval: worst.interval,
    reference: overall.challenger.value,
    status: 'ok',
    why,
  });
}
