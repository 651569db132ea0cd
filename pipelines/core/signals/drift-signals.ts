import type { VersionName } from '../schema/identifiers.ts';
import type { Signal } from '../schema/signal.ts';
import { SCORE_COLUMN, type WindowProfile } from '../schema/window-profile.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { columnSubjects } from './column-subjects.ts';
import { describeClass } from './describe-class.ts';
import { type DriftMeasure, measureDrift } from './drift-measure.ts';
import { figure, percent, probability, rowsText } from './phrase-figures.ts';
import { type JudgedRows, scoreRows, windowRows } from './score-rows.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

const METHOD_NAMES = { jensenShannon: 'Jensen-Shannon distance', populationStabilityIndex: 'Population stability index' };
const OTHER_VERSIONS_SHARE = 0.05;
const LIMIT_RULE = 'monitoring.drift.effectFloor of model.yml, raised by what chance gives at this many rows and classes';
const LACKING_LIMIT_RULE = `${LIMIT_RULE}, and by what weekdays without rows can make`;

/** One column that could be measured, or why it could not. */
interface Candidate {
  readonly subject: string;
  readonly calendar: boolean;
  readonly judged: JudgedRows;
  readonly measure: DriftMeasure | null;
  readonly why: string;
}

/**
 * Drift of every watched column and of the score against the frozen reference. An alert needs an effect above the floor (raised by what chance gives), a p value that
 * survives Benjamini-Hochberg over all columns of the window (score included, calendar columns left out), and enough rows. Calendar columns
 * are measured and never alert; where there are any, the score is judged over a whole calendar cycle (see `scoreRows`).
 */
export function driftSignals(evidence: WindowEvidence): Signal[] {
  const subjects = columnSubjects(evidence.definition);
  const candidates = [...subjects, { name: SCORE_COLUMN, calendar: false }].map(({ name, calendar }) =>
    candidate(evidence, name, calendar),
  );
  const family = candidates.filter(({ calendar, measure }) => !calendar && measure !== null);
  const adjusted = benjaminiHochberg(family.map(({ measure }) => measure?.pValue ?? 1));
  return candidates.map((each) => {
    const place = family.indexOf(each);
    return driftSignal(evidence, each, { pValue: adjusted[place] ?? null, tests: family.length });
  });
}

function candidate(evidence: WindowEvidence, subject: string, calendar: boolean): Candidate {
  const { definition, reference } = evidence;
  const judged = subject === SCORE_COLUMN ? scoreRows(evidence) : windowRows(evidence.profile);
  const { profile, windows, explained, obstacle } = judged;
  const current = profile.columns[subject];
  const before = reference.profile.columns[subject];
  const binning = reference.binnings[subject];
  const none = (why: string): Candidate => ({ subject, calendar, judged, measure: null, why });
  const least = definition.monitoring.minimumRows;
  if (obstacle !== null) return none(obstacle);
  if (profile.rows < least)
    return none(`${rowsText(Math.floor(profile.rows))} in ${windowsText(windows.length)}; drift is judged from ${figure(least)} on.`);
  if (isPersonalCategory(evidence, subject)) return none(`${subject} is personal: its values are counted without their names.`);
  if (current === undefined || current.rows === 0) return none(`The window holds no column ${subject}.`);
  if (before === undefined || binning === undefined || before.rows === 0)
    return none(`The reference of ${reference.version} holds no column ${subject}.`);
  const sameGrid = current.kind === 'numeric' && before.kind === 'numeric' ? current.grid === before.grid : current.kind === before.kind;
  if (!sameGrid) return none(`${subject} was profiled on another grid or kind than the reference of ${reference.version}.`);
  const foreign = subject === SCORE_COLUMN ? shareOfOtherVersions(profile, reference.version) : 0;
  if (foreign > OTHER_VERSIONS_SHARE) return none(`${percent(foreign)} of the scores come from other versions than ${reference.version}.`);
  const pair = { reference: before, current, binning, rareBelow: definition.privacy.minimumCount };
  const measure = measureDrift(pair, definition.monitoring.drift);
  return { subject, calendar, judged, measure: { ...measure, limit: measure.limit + explained }, why: '' };
}

function isPersonalCategory({ definition }: WindowEvidence, subject: string): boolean {
  const column = definition.columns.find(({ name }) => name === subject);
  return column?.kind === 'categorical' && column.sensitivity === 'personal';
}

function shareOfOtherVersions({ versions }: WindowProfile, version: VersionName): number {
  const named = Object.values(versions).reduce((sum, rows) => sum + rows, 0);
  return named === 0 ? 0 : (named - (versions[version] ?? 0)) / named;
}

function windowsText(windows: number): string {
  return windows === 1 ? 'the window' : `the last ${figure(windows)} windows`;
}

function driftSignal(evidence: WindowEvidence, each: Candidate, family: { pValue: number | null; tests: number }): Signal {
  const { method, falseDiscoveryRate } = evidence.definition.monitoring.drift;
  const { subject, measure, judged } = each;
  const base = {
    kind: subject === SCORE_COLUMN ? ('prediction-drift' as const) : ('data-drift' as const),
    subject,
    window: judged.profile.window,
    sampleSize: judged.windows.reduce((sum, { columns, rows }) => sum + (columns[subject]?.rows ?? rows), 0),
  };
  if (measure === null) return signalOf(evidence, { ...base, method: METHOD_NAMES[method], status: 'insufficient-data', why: each.why });
  const pValue = family.pValue ?? measure.pValue;
  const adjustment = each.calendar ? 'calendar column, not adjusted' : `Benjamini-Hochberg over ${family.tests} columns`;
  const alert = !each.calendar && measure.effect >= measure.limit && pValue <= falseDiscoveryRate;
  return signalOf(evidence, {
    ...base,
    method: `${METHOD_NAMES[method]} over ${measure.classes} frozen classes${judged.isWeighted ? ', weekdays weighted as in the reference' : ''}; ${measure.test}, ${adjustment}`,
    value: measure.effect,
    pValue,
    threshold: { operator: '>', level: measure.limit, rule: judged.explained > 0 ? LACKING_LIMIT_RULE : LIMIT_RULE },
    status: alert ? 'alert' : 'ok',
    why: sentence(evidence, each, { measure, pValue }),
  });
}

function sentence(evidence: WindowEvidence, each: Candidate, { measure, pValue }: { measure: DriftMeasure; pValue: number }): string {
  const { method, falseDiscoveryRate } = evidence.definition.monitoring.drift;
  const { profile, windows } = each.judged;
  const name =
    each.subject !== SCORE_COLUMN ? each.subject : windows.length === 1 ? 'the score' : `the score over ${windowsText(windows.length)}`;
  const measured = `${METHOD_NAMES[method]} of ${name} is ${figure(measure.effect)} (limit ${figure(measure.limit)}, ${probability(pValue)})`;
  const moved = mover(evidence, each.subject, measure);
  if (each.calendar) return `${measured}; it follows the calendar, so it never raises an alarm.`;
  if (measure.effect < measure.limit) return `${measured}: too small to matter.`;
  if (pValue > falseDiscoveryRate) return `${measured}: no more than chance gives in ${rowsText(Math.floor(profile.rows))}.`;
  return `${measured}: ${moved}.`;
}

function mover(evidence: WindowEvidence, subject: string, { mover: largest }: DriftMeasure): string {
  const binning = evidence.reference.binnings[subject];
  if (largest === null || binning === undefined) return 'its shares have moved';
  const personal = evidence.definition.columns.some(({ name, sensitivity }) => name === subject && sensitivity === 'personal');
  const what = describeClass(binning, largest.classes, personal ? undefined : evidence.reference.grids[subject]);
  return `${what} went from ${percent(largest.before)} to ${percent(largest.after)} of the rows`;
}
