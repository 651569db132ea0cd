import type { LagCurve, LagPoint } from '../schema/lag-curve.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import type { Window } from '../schema/window.ts';
import { phraseLag } from './phrase-lag.ts';
import { phraseCount, phraseQuantity, phraseShare } from './phrase-number.ts';
import { championOf, type ModelSource, versionSource } from './site-source.ts';

const NEWEST_WINDOWS = 10;
/** From here on the rest of the curve is a flat line. */
const NEARLY_ALL = 0.999;

/** How many labels of one window are in. */
export interface WindowLabels {
  readonly window: Window;
  readonly rows: number;
  readonly labelled: number;
  /** Expected share of its labels that are in, of all that ever come; null: measured before that was kept. */
  readonly maturity: number | null;
  readonly isMature: boolean;
  readonly corrected: number;
}

/** How late labels come, and how many of the newest windows are in. */
export interface LabelsView {
  /** Of the version that serves, up to where nearly all are in; empty where it is not known. */
  readonly points: readonly LagPoint[];
  /** In words: the curve, or why there is none. */
  readonly sentence: string;
  /** Newest first. */
  readonly windows: readonly WindowLabels[];
  /** In words: which windows count, and corrections. */
  readonly standing: string;
}

/** Labels of a model: the lag curve that was frozen with its champion, and the newest windows. */
export function labelsView(model: ModelSource): LabelsView {
  const { definition, state } = model;
  const curve = versionSource(model, championOf(model))?.reference?.lagCurve ?? null;
  const windows = (state?.windows ?? []).map((summary) => windowLabels(definition, summary));
  return {
    points: curve === null ? [] : readablePart(curve),
    sentence: curve === null ? unknownLag(definition) : phraseCurve(curve),
    windows: windows.slice(-NEWEST_WINDOWS).reverse(),
    standing: standingOf(definition, windows),
  };
}

/** One sentence on how many of the newest windows count yet; for the command line and the page. */
export function standingOf({ labels }: Pick<ModelDefinition, 'labels'>, windows: readonly WindowLabels[]): string {
  if (windows.length === 0) return 'No window has been reported.';
  const waiting = windows.filter(({ isMature }) => !isMature);
  const newest = windows.at(-1);
  const share = newest?.maturity == null ? '' : ` (${phraseShare(newest.maturity)} of the labels of the newest may be expected to be in)`;
  const counted =
    waiting.length === 0
      ? 'The labels of every reported window are mature.'
      : `${phraseQuantity(waiting.length, 'window')} of ${phraseCount(windows.length)} still ${waiting.length === 1 ? 'waits' : 'wait'} for ${phraseShare(labels.maturity)} of the labels that ever come${share}.`;
  const corrected = windows.reduce((sum, window) => sum + window.corrected, 0);
  return corrected === 0 ? counted : `${counted} ${phraseQuantity(corrected, 'label')} changed after arriving; the newest counts.`;
}

/** The same for all windows of a state. */
export function labelsStanding(definition: Pick<ModelDefinition, 'labels'>, state: ModelState): string {
  return standingOf(
    definition,
    state.windows.map((summary) => windowLabels(definition, summary)),
  );
}

/** The labels of one window of the state. */
function windowLabels(definition: Pick<ModelDefinition, 'labels'>, summary: WindowSummary): WindowLabels {
  const { window, rows, labelled, realised } = summary;
  const maturity = realised?.maturity ?? null;
  return { window, rows, labelled, maturity, isMature: (maturity ?? 1) >= definition.labels.maturity, corrected: realised?.corrected ?? 0 };
}

function readablePart({ points }: LagCurve): LagPoint[] {
  const first = points.findIndex(([, share]) => share > 0);
  const last = points.findIndex(([, share]) => share >= NEARLY_ALL);
  return points.slice(Math.max(0, first - 1), last + 1);
}

function phraseCurve(curve: LagCurve): string {
  const at = (share: number) => phraseLag(curve.points.find((point) => point[1] >= share)?.[0] ?? 0);
  const known = `Half of the labels are in after ${at(0.5)}, 90 % after ${at(0.9)}, of those that come within ${phraseLag(curve.points.at(-1)?.[0] ?? 0)} (${phraseQuantity(curve.labels, 'label')}).`;
  return `${known}${phraseClasses(curve)}`;
}

/** Compared where half of all labels are in. */
function phraseClasses({ points }: LagCurve): string {
  const [seconds = 0, , , , yes, no] = points.find(([, share]) => share >= 0.5) ?? [];
  if (yes == null || no == null || Math.abs(yes - no) < 0.02) return '';
  return ` ${yes > no ? 'Positive labels come sooner' : 'Positive labels come later'}: after ${phraseLag(seconds)} ${phraseShare(yes)} of them are in, and ${phraseShare(no)} of the negative ones.`;
}

function unknownLag({ labels }: ModelDefinition): string {
  return labels.columns.timestamp === undefined
    ? 'The labels have no time of arrival (labels.columns.timestamp), so it is not known how late they come.'
    : 'The version that serves was made before lag curves were kept, so labels count as in after labels.delay.';
}
