import { whyNoValue } from '../business/why-no-value.ts';
import type { BusinessReport } from '../schema/business-report.ts';
import type { BusinessValue } from '../schema/business-value.ts';
import { durationSeconds } from '../schema/duration.ts';
import type { Instant } from '../schema/instant.ts';
import { addSeconds } from '../schema/instant.ts';
import type { Task } from '../schema/task.ts';
import { phraseBreakEven } from './phrase-break-even.ts';
import { phraseInterval, phraseMoney, phraseQuantity } from './phrase-number.ts';
import { championOf, type ModelSource, promiseOf } from './site-source.ts';

export interface ValuePoint {
  readonly at: Instant;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly sampleSize: number;
}

/** Money: what a prediction brings, what was promised, and what waiting costs. Figures that cannot be given are null and `why` says so. */
export interface ValueView {
  readonly currency: string | null;
  readonly latest: BusinessReport | null;
  readonly promisedPerPrediction: number | null;
  readonly points: readonly ValuePoint[];
  /** Windows that end after this are still waiting for labels. */
  readonly labelsUntil: Instant | null;
  readonly assumptions: BusinessValue | null;
  /** What each outcome of a prediction is worth; empty without a value. */
  readonly outcomes: readonly { readonly name: string; readonly value: number }[];
  readonly retrainingCost: number;
  /** Value over the pooled windows, with an interval that draws whole windows; null where no report holds it. */
  readonly pooled: string | null;
  /** From which day on waiting costs more than a retraining, or why nobody can say; null without a value matrix. */
  readonly breakEven: string | null;
  readonly why: string;
}

const PER = 1000;

/** The value of a model; the newest report whose labels are due stands for now. */
export function valueView(model: ModelSource): ValueView {
  const { definition, state } = model;
  const windows = state?.windows ?? [];
  const watermark = state?.watermark ?? null;
  const due = watermark === null ? null : addSeconds(watermark, -durationSeconds(definition.labels.delay));
  const mature = windows.filter((summary) => due !== null && summary.window.end <= due && summary.business !== null);
  const latest = mature.at(-1)?.business ?? null;
  const assumptions = definition.businessValue ?? null;
  return {
    currency: assumptions?.currency ?? null,
    latest,
    promisedPerPrediction: promiseOf(model, championOf(model), 'valuePerPrediction')?.value ?? null,
    points: windows.flatMap((summary) => (summary.business === null ? [] : [valuePoint(summary.window.end, summary.business)])),
    labelsUntil: due,
    assumptions,
    outcomes: assumptions === null ? [] : outcomesOf(definition.task, assumptions),
    retrainingCost: definition.retraining.cost,
    pooled: latest?.pooled === undefined ? null : phrasePooled(latest.pooled, latest.currency),
    breakEven: assumptions === null ? null : phraseBreakEven(latest, { cost: definition.retraining.cost, from: watermark }),
    why: whyNoValue(definition) ?? latest?.why ?? 'No window with labels has been reported yet.',
  };
}

const OUTCOMES = ['truePositive', 'falsePositive', 'falseNegative', 'trueNegative'] as const;
const ALARMS = ['Right alarm', 'False alarm', 'Missed case', 'Right all-clear'];
const ANSWERS = ['Right answer, acted on', 'Wrong answer, acted on', 'Right answer, not acted on', 'Wrong answer, not acted on'];

function outcomesOf(task: Task, worth: BusinessValue): ValueView['outcomes'] {
  const names = task === 'multiclass' ? ANSWERS : ALARMS;
  return OUTCOMES.map((outcome, index) => ({ name: names[index] ?? outcome, value: worth[outcome] }));
}

/** 'Over 7 windows, 1,000 predictions bring 812 EUR (95 % 790 to 830 when whole windows are drawn).' */
function phrasePooled(pooled: NonNullable<BusinessReport['pooled']>, currency: string | null): string {
  const { perPrediction, interval, windows, why } = pooled;
  const per = { lower: (interval?.lower ?? 0) * PER, upper: (interval?.upper ?? 0) * PER, level: interval?.level ?? 0 };
  const range = interval === null ? ` (no interval: ${why})` : ` (95 % ${phraseInterval(per, 0)} when whole windows are drawn, not rows).`;
  return `Over ${phraseQuantity(windows, 'window')}, 1,000 predictions bring ${phraseMoney(perPrediction * PER, currency, 0)}${range}`;
}

function valuePoint(at: Instant, report: BusinessReport): ValuePoint {
  const { perPrediction, interval, labelled } = report;
  return { at, value: perPrediction, lower: interval?.lower ?? null, upper: interval?.upper ?? null, sampleSize: labelled };
}
