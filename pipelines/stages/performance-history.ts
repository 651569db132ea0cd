import { isMature, type LagKnowledge, type Maturity, maturityOf } from '../core/profile/maturity.ts';
import { knownFigure, type WindowFigure, windowFigure } from '../core/profile/window-figure.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Window } from '../core/schema/window.ts';
import type { LabelCoverage, LabelSilence, RealisedHistory } from '../core/signals/signal-of.ts';
import type { NoisyFigure } from '../core/statistics/sequential/lasting-drop.ts';
import type { LabelShelf } from './label-shelf.ts';

export interface HistoryMaterial {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  readonly reference: ReferenceProfile;
  readonly state: ModelState;
  readonly shelf: LabelShelf;
  /** Windows that this run measures first. */
  readonly windows: readonly Window[];
  /** Rows of these windows, by start. Left out: not known, so that nothing is said of labels that have stopped. */
  readonly rows?: ReadonlyMap<Instant, number>;
  readonly asOf: Instant;
}

/** What realised performance of a window rests on, as of one moment. */
export interface PerformanceHistory {
  /** How many of its labels a window may be expected to have. */
  maturity(window: Window): Maturity;
  /** What a window gave by itself, from the labels that are in. */
  figure(window: Window): WindowFigure;
  /** The mature windows whose rows are pooled; null where none is. */
  pool(window: Window): Window | null;
  /** All that a signal needs of it. */
  of(window: Window): RealisedHistory;
}

/**
 * The windows that the champion has served since its reference, with the figure of each: from the labels that were read in this run, else from the
 * summary that an earlier run left. Windows whose labels are not mature stay out, until they are.
 */
export function performanceHistory(material: HistoryMaterial): PerformanceHistory {
  const { definition, shelf, asOf, reference } = material;
  const knowledge = lagKnowledge(definition, reference);
  const served = servedWindows(material);
  const figureOf = remembered(({ start, end }: Window) => windowFigure(shelf.merged({ start, end }), definition));
  const mature = remembered((window: Window) => isMature(maturityOf(knowledge, window, asOf), definition));
  const ownFigure = (window: Window) => (shelf.covers(window) ? knownFigure(figureOf(window)) : storedFigure(material, window));
  return {
    maturity: (window) => maturityOf(knowledge, window, asOf),
    figure: figureOf,
    pool: (window) => poolOf(material, window),
    of(window) {
      const known = served.filter(({ end }) => end <= window.end);
      const pool = poolOf(material, window);
      return {
        figures: known.filter(mature).flatMap(ownFigure),
        waiting: known.filter((each) => !mature(each)).length,
        newest: maturityOf(knowledge, window, asOf),
        pooled: pool === null ? null : maturityOf(knowledge, pool, asOf),
        ...(material.rows === undefined
          ? {}
          : { silence: silenceOf(material, known.filter(mature)), coverage: coverageOf(material, known.filter(mature)) }),
      };
    },
  };
}

/** What a reference knows of how late labels come. */
export function lagKnowledge(definition: ModelDefinition, reference: ReferenceProfile): LagKnowledge {
  return { definition, curve: reference.lagCurve ?? null };
}

/** The newest mature windows up to and with a window, as many as are pooled, but none of the reference range, whose rows made the promise. */
export function poolOf(
  { definition, reference, asOf }: Pick<HistoryMaterial, 'definition' | 'reference' | 'asOf'>,
  window: Window,
): Window | null {
  const length = durationSeconds(definition.monitoring.window);
  const knowledge = lagKnowledge(definition, reference);
  let newest = window;
  while (!isMature(maturityOf(knowledge, newest, asOf), definition)) {
    newest = { start: addSeconds(newest.start, -length), end: newest.start };
    if (newest.start < reference.range.end) return null;
  }
  const start = addSeconds(newest.end, -length * definition.monitoring.performanceWindows);
  return { start: start < reference.range.end ? reference.range.end : start, end: newest.end };
}

function servedWindows({ deployment, reference, state, windows }: HistoryMaterial): Window[] {
  const known = state.windows
    .filter(({ champion, window }) => champion === deployment.production && window.start >= reference.range.end)
    .map(({ window }) => window);
  const starts = new Set(known.map(({ start }) => start));
  return [...known, ...windows.filter(({ start }) => !starts.has(start))].sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** The newest mature windows whose labels this run has read, as many as hold monitoring.minimumRows rows. */
function coverageOf({ definition, reference, state, shelf, rows, asOf }: HistoryMaterial, mature: readonly Window[]): LabelCoverage {
  const knowledge = lagKnowledge(definition, reference);
  // A window of an earlier run is mature when its labels are in: its rows are those that were counted then.
  const kept = new Map(state.windows.map((summary) => [summary.window.start, summary.rows]));
  let found: LabelCoverage = { rows: 0, due: 0, labelled: 0 };
  for (const window of mature.filter(shelf.covers).reverse()) {
    if (found.rows >= definition.monitoring.minimumRows) return found;
    const here = rows?.get(window.start) ?? kept.get(window.start) ?? 0;
    const due = here * maturityOf(knowledge, window, asOf).share;
    found = { rows: found.rows + here, due: found.due + due, labelled: found.labelled + (here > 0 ? shelf.labelled(window) : 0) };
  }
  return found;
}

/** The newest mature windows without a label of any version; windows without a row tell nothing. null: there is none with rows. */
function silenceOf({ definition, reference, state, shelf, rows, asOf }: HistoryMaterial, mature: readonly Window[]): LabelSilence | null {
  const knowledge = lagKnowledge(definition, reference);
  const kept = new Map(state.windows.map((summary) => [summary.window.start, summary]));
  const rowsOf = ({ start }: Window) => rows?.get(start) ?? kept.get(start)?.rows ?? 0;
  const labelsOf = (window: Window) => (shelf.covers(window) ? shelf.labelled(window) : (kept.get(window.start)?.labelled ?? 0));
  const filled = mature.filter((window) => rowsOf(window) > 0);
  const speaking = filled.findLastIndex((window) => labelsOf(window) > 0);
  const silent = filled.slice(speaking + 1);
  const since = silent[0]?.start ?? filled.at(-1)?.end;
  if (since === undefined) return null;
  return {
    windows: silent.length,
    rows: silent.reduce((sum, window) => sum + rowsOf(window), 0),
    due: silent.reduce((sum, window) => sum + rowsOf(window) * maturityOf(knowledge, window, asOf).share, 0),
    since,
  };
}

function storedFigure({ definition, state }: HistoryMaterial, { start }: Window): NoisyFigure[] {
  const realised = state.windows.find(({ window }) => window.start === start)?.realised;
  return realised?.metric === definition.monitoring.performance.metric ? knownFigure(realised) : [];
}

/** A function of windows that works once for each. */
function remembered<Answer>(ask: (window: Window) => Answer): (window: Window) => Answer {
  const answers = new Map<string, Answer>();
  return (window) => {
    const known = answers.get(window.start);
    if (known !== undefined) return known;
    const answer = ask(window);
    answers.set(window.start, answer);
    return answer;
  };
}
