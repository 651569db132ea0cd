import type { VersionName } from '../schema/identifiers.ts';
import type { WindowProfile } from '../schema/window-profile.ts';
import { columnSubjects } from './column-subjects.ts';
import { type DriftMeasure, type DriftPair, measureDrift } from './drift-measure.ts';
import { figure, percent, rowsText, windowsText } from './phrase-figures.ts';
import { isOfPredictions, predictionSubjects } from './prediction-subjects.ts';
import { type JudgedRows, scoreRows, windowRows } from './score-rows.ts';
import type { WindowEvidence } from './signal-of.ts';

const OTHER_VERSIONS_SHARE = 0.05;
const KINDS = { calendar: 'a calendar column', identifier: 'an identifier', sequence: 'a column that moves on with time' } as const;

/** One column that could be measured, or why it could not. */
export interface DriftCandidate {
  readonly subject: string;
  /** Follows the calendar, or was recognised as following time: measured, and never an alarm. */
  readonly calendar: boolean;
  /** Why it is left out although its definition does not say so; null otherwise. */
  readonly note: string | null;
  readonly judged: JudgedRows;
  readonly measure: DriftMeasure | null;
  /** What was measured. */
  readonly pair: DriftPair | null;
  readonly why: string;
}

/** Every watched column and the predictions, measured where they can be. */
export function driftCandidates(evidence: WindowEvidence): DriftCandidate[] {
  const predictions = predictionSubjects(evidence.definition).map((name) => ({ name, calendar: false }));
  const subjects = [...columnSubjects(evidence.definition), ...predictions];
  return subjects.map(({ name, calendar }) => candidate(evidence, name, calendar));
}

function candidate(evidence: WindowEvidence, subject: string, declared: boolean): DriftCandidate {
  const { definition, reference } = evidence;
  const note = declared ? null : noteOn(evidence, subject);
  const calendar = declared || note !== null;
  const judged = isOfPredictions(subject) ? scoreRows(evidence) : windowRows(evidence.profile);
  const { profile, windows, explained, obstacle } = judged;
  const current = profile.columns[subject];
  const before = reference.profile.columns[subject];
  const binning = reference.binnings[subject];
  const none = (why: string): DriftCandidate => ({ subject, calendar, note, judged, measure: null, pair: null, why });
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
  const foreign = isOfPredictions(subject) ? shareOfOtherVersions(profile, reference.version) : 0;
  if (foreign > OTHER_VERSIONS_SHARE)
    return none(`${percent(foreign)} of the predictions come from other versions than ${reference.version}.`);
  const pair = { reference: before, current, binning, rareBelow: definition.privacy.minimumCount };
  const measure = measureDrift(pair, definition.monitoring.drift);
  return { subject, calendar, note, judged, measure: { ...measure, limit: measure.limit + explained }, pair, why: '' };
}

/** What was recognised when the reference was made, and what to write into model.yml. */
function noteOn({ reference }: WindowEvidence, subject: string): string | null {
  const recognised = reference.recognised?.[subject];
  if (recognised === undefined) return null;
  const advice = recognised.as === 'calendar' ? 'calendar: true' : 'role: ignored';
  return `it was recognised as ${KINDS[recognised.as]} (${recognised.why.replace(/\.$/, '')}), so it never raises an alarm; write "${advice}" into model.yml to say so`;
}

/** Values of personal categories have no names here, so nothing can be said about them. */
export function isPersonalCategory({ definition }: Pick<WindowEvidence, 'definition'>, subject: string): boolean {
  const column = definition.columns.find(({ name }) => name === subject);
  return column?.kind === 'categorical' && column.sensitivity === 'personal';
}

function shareOfOtherVersions({ versions }: WindowProfile, version: VersionName): number {
  const named = Object.values(versions).reduce((sum, rows) => sum + rows, 0);
  return named === 0 ? 0 : (named - (versions[version] ?? 0)) / named;
}
