import type { DriftEvidence } from '../schema/drift-evidence.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import { SCORE_COLUMN } from '../schema/window-profile.ts';
import { benjaminiHochberg } from '../statistics/hypotheses/benjamini-hochberg.ts';
import { FEWEST_ROWS, REFERENCE_WINDOWS } from '../statistics/sequential/drift-evidence.ts';
import { describeClass } from './describe-class.ts';
import { type DriftCandidate, driftCandidates } from './drift-candidates.ts';
import type { DriftMeasure } from './drift-measure.ts';
import { multivariateDrift } from './multivariate-drift.ts';
import { evidenceText, figure, percent, probability, rowsText, windowsText } from './phrase-figures.ts';
import { isOfPredictions } from './prediction-subjects.ts';
import { rankDrift } from './rank-drift.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';
import { vocabularyDrift } from './vocabulary.ts';
import { isPooled, type WeighedDrift, weighDrift } from './weigh-drift.ts';

const METHOD_NAMES = { jensenShannon: 'Jensen-Shannon distance', populationStabilityIndex: 'Population stability index' };
const LIMIT_RULE = 'monitoring.drift.effectFloor of model.yml, raised by what chance gives at this many rows and classes';
const LACKING_LIMIT_RULE = `${LIMIT_RULE}, and by what weekdays without rows can make`;
/** What one window says about drift, and the evidence that the next window starts from. */
export interface DriftVerdict {
  readonly signals: readonly Signal[];
  readonly evidence: DriftEvidence;
}

/** What is known of all columns of the window together. */
interface Family {
  /** Adjusted; null for a column that was not tested. */
  readonly pValue: number | null;
  readonly tests: number;
  readonly weighed: WeighedDrift;
}

/**
 * Drift of every watched column and of the score against the frozen reference. An alert needs an effect above the floor (raised by what chance gives), a p value that
 * survives Benjamini-Hochberg over all columns of the window (score included, calendar columns left out), enough rows, and evidence of the model over
 * all windows so far that has reached monitoring.falseAlarmBudget (see `weighDrift`); all but the last is a warning. Calendar columns are measured and never
 * alert; where there are any, the score is judged over a whole calendar cycle (see `scoreRows`), and each cycle is weighed once. Columns together and
 * words, where a sample of rows was read, share the evidence of the model.
 */
export function driftSignals(evidence: WindowEvidence): DriftVerdict {
  const candidates = driftCandidates(evidence);
  const sampled = [...multivariateDrift(evidence), ...vocabularyDrift(evidence)];
  const weighed = weighDrift(evidence, candidates, sampled);
  const tested = candidates.filter(({ calendar, measure }) => !calendar && measure !== null);
  const adjusted = benjaminiHochberg(tested.map(({ measure }) => measure?.pValue ?? 1));
  const signals = candidates.map((each) => {
    const place = tested.indexOf(each);
    return driftSignal(evidence, each, { pValue: adjusted[place] ?? null, tests: tested.length, weighed });
  });
  return { signals: [...rankDrift(evidence, signals), ...sampled.flatMap(({ tell }) => tell(weighed.total))], evidence: weighed.next };
}

function driftSignal(evidence: WindowEvidence, each: DriftCandidate, family: Family): Signal {
  const { drift, falseAlarmBudget: budget } = evidence.definition.monitoring;
  const { subject, measure, judged } = each;
  const { eValues, total } = family.weighed;
  const eValue = eValues[subject];
  const base = {
    kind: isOfPredictions(subject) ? ('prediction-drift' as const) : ('data-drift' as const),
    subject,
    window: judged.profile.window,
    sampleSize: judged.windows.reduce((sum, { columns, rows }) => sum + (columns[subject]?.rows ?? rows), 0),
  };
  const none = (why: string) => signalOf(evidence, { ...base, method: METHOD_NAMES[drift.method], status: 'insufficient-data', why });
  if (measure === null) return none(each.why);
  if (eValue === null && !isPooled(evidence, subject)) return none(tooFew(evidence, each));
  const pValue = family.pValue ?? measure.pValue;
  const adjustment = each.calendar ? 'calendar column, not adjusted' : `Benjamini-Hochberg over ${family.tests} columns`;
  const status = statusOf(evidence, each, { measure, pValue, total: eValue === undefined ? null : total });
  return signalOf(evidence, {
    ...base,
    method: `${METHOD_NAMES[drift.method]} over ${measure.classes} frozen classes${judged.isWeighted ? ', weekdays weighted as in the reference' : ''}; ${measure.test}, ${adjustment}`,
    value: measure.effect,
    pValue,
    threshold: { operator: '>', level: measure.limit, rule: judged.explained > 0 ? LACKING_LIMIT_RULE : LIMIT_RULE },
    ...(eValue === undefined ? {} : { evidence: { eValue: eValue === null ? null : told(eValue), total: told(total), budget } }),
    status,
    why: sentence(evidence, each, { measure, pValue, status, total: eValue === undefined ? null : total }),
  });
}

interface Judged {
  readonly measure: DriftMeasure;
  readonly pValue: number;
  /** Evidence of the model; null for scores that cannot be weighed, and so never alert. */
  readonly total: number | null;
}

function statusOf({ definition }: WindowEvidence, { calendar }: DriftCandidate, { measure, pValue, total }: Judged): SignalStatus {
  const { drift, falseAlarmBudget } = definition.monitoring;
  if (calendar || measure.effect < measure.limit || pValue > drift.falseDiscoveryRate) return 'ok';
  return total !== null && total >= falseAlarmBudget ? 'alert' : 'warning';
}

/** Six digits, so that the last bit of a logarithm changes nothing that is stored. */
function told(evidence: number): number {
  return Number(evidence.toPrecision(6));
}

function tooFew({ reference }: WindowEvidence, { subject, judged }: DriftCandidate): string {
  const before = rowsText(reference.profile.columns[subject]?.rows ?? 0);
  const needed = `drift is weighed from ${FEWEST_ROWS} on, against ${FEWEST_ROWS * REFERENCE_WINDOWS} of the reference`;
  return `${rowsText(Math.floor(judged.profile.rows))} in the window and ${before} in the reference; ${needed}.`;
}

function sentence(evidence: WindowEvidence, each: DriftCandidate, judged: Judged & { readonly status: SignalStatus }): string {
  const { drift, falseAlarmBudget } = evidence.definition.monitoring;
  const { measure, pValue, total, status } = judged;
  const { profile, windows } = each.judged;
  const name = subjectName(evidence, each.subject, windows.length);
  const measured = `${METHOD_NAMES[drift.method]} of ${name} is ${figure(measure.effect)} (limit ${figure(measure.limit)}, ${probability(pValue)})`;
  if (each.note !== null) return `${measured}; ${each.note}.`;
  if (each.calendar) return `${measured}; it follows the calendar, so it never raises an alarm.`;
  if (measure.effect < measure.limit) return `${measured}: too small to matter.`;
  if (pValue > drift.falseDiscoveryRate) return `${measured}: no more than chance gives in ${rowsText(Math.floor(profile.rows))}.`;
  const moved = `${measured}: ${mover(evidence, each.subject, measure)}`;
  if (total === null)
    return `${moved}; the reference of ${evidence.reference.version} is too short to tell how much the same weekday differs from week to week, so this raises no alarm.`;
  return status === 'alert'
    ? `${moved}; evidence ${evidenceText(total)} of ${figure(falseAlarmBudget)}: one such alarm in ${figure(falseAlarmBudget)} windows without drift.`
    : `${moved}; evidence ${evidenceText(total)} of the ${figure(falseAlarmBudget)} that an alarm needs.`;
}

function subjectName({ definition }: WindowEvidence, subject: string, windows: number): string {
  const isText = definition.columns.some(({ name, kind }) => name === subject && kind === 'text');
  if (!isOfPredictions(subject)) return isText ? `the length of ${subject}` : subject;
  const said = subject === SCORE_COLUMN ? 'the score' : 'the called class';
  return windows === 1 ? said : `${said} over ${windowsText(windows)}`;
}

function mover(evidence: WindowEvidence, subject: string, { mover: largest }: DriftMeasure): string {
  const binning = evidence.reference.binnings[subject];
  if (largest === null || binning === undefined) return 'its shares have moved';
  const personal = evidence.definition.columns.some(({ name, sensitivity }) => name === subject && sensitivity === 'personal');
  const what = describeClass(binning, largest.classes, personal ? undefined : evidence.reference.grids[subject]);
  const [before, after] = [evidence.reference.profile, evidence.profile].map(({ columns, rows }) => columns[subject]?.rows ?? rows);
  const told = (share: number, rows: number) =>
    toldShare(share, { rows, least: binning.kind === 'categorical' ? evidence.definition.privacy.minimumCount : 0 });
  return `${what} went from ${told(largest.before, before ?? 0)} to ${told(largest.after, after ?? 0)} of the rows`;
}

/** A share of a named value with fewer than `least` rows would tell how many: it is told as less than that many are. */
function toldShare(share: number, { rows, least }: { readonly rows: number; readonly least: number }): string {
  const isFew = share > 0 && Math.round(share * rows) < least;
  return isFew ? `less than ${percent(Math.min(1, least / Math.max(1, rows)))}` : percent(share);
}
