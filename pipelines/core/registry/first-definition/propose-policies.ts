import { durationOf } from '../../schema/duration.ts';
import type { MetricName } from '../../schema/metric.ts';
import type { WrittenModelDefinition } from '../../schema/model-definition.ts';
import { phraseQuantity } from '../../schema/phrase-number.ts';
import type { Task } from '../../schema/task.ts';
import type { ChosenRanges } from './choose-ranges.ts';
import type { LogRhythm } from './log-rhythm.ts';
import { phraseLength, roundDown } from './round-figures.ts';

/** What the policies rest on. */
export interface PolicyGrounds {
  readonly task: Task;
  readonly rhythm: LogRhythm;
  readonly ranges: ChosenRanges;
  readonly rarerShare: number | null;
  readonly hasText: boolean;
  /** Loss against the promise that is tolerated, and its reason. */
  readonly toleratedDrop: { readonly value: number; readonly why: string };
}

/** Sections of a definition, and the reason of each key by its path. */
export interface ProposedPolicies {
  readonly sections: Pick<WrittenModelDefinition, 'monitoring' | 'training' | 'gate' | 'rollout' | 'retraining'>;
  readonly why: Readonly<Record<string, string>>;
}

const DAY = 86_400;
const LONG_WINDOW = 28 * DAY;
const ENOUGH = 0.6;
const METRICS: Readonly<Record<Task, MetricName>> = { binary: 'rocAuc', multiclass: 'accuracy', regression: 'meanAbsoluteError' };
const FEW_ROWS = 10_000;
const SMALL_CATEGORY = 20;
const USUAL_CATEGORY = 50;

/** Rows from which on a category has an input of its own, by how many rows train. */
export function rowsOfCategory(trainingRows: number): number {
  return trainingRows < FEW_ROWS ? SMALL_CATEGORY : USUAL_CATEGORY;
}

/** The metric that a task is first watched by. */
export function usualMetric(task: Task): MetricName {
  return METRICS[task];
}

/** Monitoring, training, gate and retraining from the rhythm of the log. */
export function proposePolicies(grounds: PolicyGrounds): ProposedPolicies {
  const parts = [monitoring(grounds), training(grounds), gateAndRetraining(grounds)];
  const sections = Object.assign({}, ...parts.map((part) => part.sections)) as ProposedPolicies['sections'];
  return { sections, why: Object.assign({}, ...parts.map(({ why }) => why)) };
}

function whyWindow({ chosenBy, usualRows, wantedRows }: LogRhythm): string {
  const rows = `a usual window holds ${phraseQuantity(usualRows, 'labelled row')}`;
  if (chosenBy === 'person') return `as asked; ${rows}`;
  if (chosenBy === 'rows') return `the shortest usual length in which a usual window holds enough labelled rows: ${count(usualRows)}`;
  return `the longest usual length of which the log holds twelve; ${rows}, where ${count(wantedRows)} would be better`;
}

/** Windows of a reference below which a window does not weigh all its rows against it (see the evidence of drift). */
const WEIGHED_IN_FULL = 10;

function weighed({ heldOutWindows, heldOutRows }: ChosenRanges, { usualRows }: LogRhythm): string {
  const part = Math.floor(heldOutRows / WEIGHED_IN_FULL);
  if (heldOutWindows >= WEIGHED_IN_FULL || part >= usualRows) return '';
  return `; drift weighs a window by a tenth of them at most (${count(part)} of ${count(usualRows)} rows), so that a small one takes longer to show: ten windows or more would be sharper, and the training data of a challenger older`;
}

function monitoring({ task, rhythm, rarerShare, toleratedDrop }: PolicyGrounds) {
  const { windowSeconds, usualRows, fewRows } = rhythm;
  const minimum = Math.min(200, roundDown(Math.max(ENOUGH * fewRows, 20)));
  const forRare = rarerShare === null ? 0 : Math.min(5 / Math.max(rarerShare, 1e-6), ENOUGH * usualRows);
  const minimumLabels = forRare > minimum ? roundDown(forRare) : minimum;
  const isLong = windowSeconds >= LONG_WINDOW;
  const pooled = windowSeconds > DAY ? { performanceWindows: 4 } : {};
  return {
    sections: {
      monitoring: {
        window: durationOf(windowSeconds),
        minimumRows: minimum,
        minimumLabels,
        ...pooled,
        performance: { metric: METRICS[task], toleratedDrop: toleratedDrop.value },
        ...(isLong ? { incident: { openAfter: 1, closeAfter: 2 } } : {}),
      },
      ...(windowSeconds > 7 * DAY ? { rollout: { verifyWindows: 4 } } : {}),
    },
    why: {
      'monitoring.window': whyWindow(rhythm),
      'monitoring.minimumRows': `three quarters of the windows hold ${count(fewRows)} labelled rows or more; with fewer than this a window is not judged`,
      'monitoring.performanceWindows': 'realised performance pools so many windows',
      'monitoring.performance.toleratedDrop': toleratedDrop.why,
      'monitoring.incident': `a window is ${phraseLength(windowSeconds)} long: waiting for three would be late`,
      'rollout.verifyWindows': 'a promise is held to this many windows',
    },
  };
}

function training({ task, rhythm, ranges }: PolicyGrounds) {
  const { windowSeconds } = rhythm;
  const { recentWindows, heldOutWindows, recentRows, heldOutRows } = ranges;
  const algorithm = { binary: 'logisticRegression', multiclass: 'softmaxRegression', regression: 'ridgeRegression' } as const;
  const [recent, heldOut] = [recentWindows * windowSeconds, heldOutWindows * windowSeconds];
  const categoryRows = rowsOfCategory(recentRows);
  return {
    sections: {
      training: {
        algorithm: algorithm[task],
        recentRange: durationOf(recent),
        heldOutRange: durationOf(heldOut),
        ...(categoryRows < USUAL_CATEGORY ? { minimumCategoryCount: categoryRows } : {}),
      },
    },
    why: {
      'training.recentRange': `the oldest ${phraseLength(recent)} train version 1 (${count(recentRows)} labelled rows), the newest of this length a recent challenger`,
      'training.heldOutRange': `${phraseQuantity(heldOutWindows, 'window')}, usually ${phraseQuantity(heldOutRows, 'labelled row')}: they judge a version and become its reference${weighed(ranges, rhythm)}`,
      'training.minimumCategoryCount': 'rarer values share one input; lower than usual because there are few rows',
    },
  };
}

function gateAndRetraining({ task, rhythm, ranges, rarerShare, hasText, toleratedDrop }: PolicyGrounds) {
  const minimumLabels = Math.min(1000, roundDown(Math.max(0.7 * ranges.heldOutRows, 20)));
  const positives = rarerShare === null ? 100 : Math.min(100, roundDown(Math.max(0.5 * rarerShare * ranges.heldOutRows, 5)));
  const improvement = Number((-toleratedDrop.value / 4).toPrecision(2));
  const cooldown = 2 * ranges.heldOutWindows * rhythm.windowSeconds;
  return {
    sections: {
      gate: {
        rules: [{ kind: 'relative' as const, metric: METRICS[task], minimumImprovement: improvement }],
        minimumLabels,
        ...(positives < 100 ? { minimumPositives: positives } : {}),
        ...(hasText ? { maximumLatencyMs: 50 } : {}),
      },
      retraining: { cooldown: durationOf(cooldown), minimumNewLabels: minimumLabels },
    },
    why: {
      'gate.rules': 'a challenger may not be worse by more than a quarter of the tolerated drop, for sure',
      'gate.minimumLabels': `${Math.round((100 * minimumLabels) / ranges.heldOutRows)} % of what the held-out windows usually hold`,
      'gate.minimumPositives': 'half of the rarer class that the held-out windows usually hold',
      'gate.maximumLatencyMs': 'words take longer to read than numbers',
      'retraining.cooldown': 'twice the held-out range, so that two verdicts rest on different rows',
      'retraining.minimumNewLabels': 'as many as the gate asks for',
    },
  };
}

function count(rows: number): string {
  return rows.toLocaleString('en-GB');
}
