import { chooseTuning, type PolicyFigures } from '../core/decisions/choose-tuning.ts';
import { type TuningPoint, tuningGrid } from '../core/decisions/tuning-grid.ts';
import { UserError } from '../core/errors/user-error.ts';
import { addSeconds, epochSeconds, type Instant } from '../core/schema/instant.ts';
import { HIGHER_IS_BETTER } from '../core/schema/metric.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { Window } from '../core/schema/window.ts';
import { backtest } from './backtest.ts';
import { type BacktestPlan, type BacktestResult, type Contestant, type StrategySummary, usualContestants } from './backtest-result.ts';
import type { Workshop } from './backtest-workshop.ts';
import { rememberingRuntime } from './remembering-runtime.ts';
import { varyDefinition } from './vary-definition.ts';

/** One threshold of the grid and how it did in the past period. */
export interface TuningTrial {
  readonly point: TuningPoint;
  readonly past: StrategySummary;
}

/** What tuning proposes, and how it does where it never looked. */
export interface TuningResult {
  readonly model: string;
  readonly metric: BacktestResult['metric'];
  readonly currency: BacktestResult['currency'];
  /** Thresholds are chosen on this period: no row and no label after its end is read for it. */
  readonly past: Window;
  /** The definition as it stands, in the past period. */
  readonly present: StrategySummary;
  readonly trials: readonly TuningTrial[];
  /** Empty: nothing did better than the definition as it stands. */
  readonly proposed: readonly TuningPoint[];
  /** `untuned`, `tuned` (absent when nothing is proposed), `never` and `always` on the rows after the past period; each begins with a version 1 trained just before it. */
  readonly later: BacktestResult;
}

/**
 * Proposes thresholds on a past period and reports them on a later one. The past period ends at `until`. Worth is money after the cost of training
 * where there is a value matrix, else the mean of the monitored metric. Cost: one replay a point of the grid; what is read and trained alike is so once.
 * Throws a UserError (TUNING_RANGE_EMPTY) when a period would be empty.
 */
export async function tuneBacktest(workshop: Workshop, plan: BacktestPlan, until: Instant): Promise<TuningResult> {
  if (until <= plan.referenceUntil || until >= plan.asOf) throw emptyPeriod(plan, until);
  const shared = { ...workshop, runtime: rememberingRuntime(workshop.runtime) };
  const { definition, note } = shared;
  const points = tuningGrid(definition);
  note(`past period until ${until}: the definition as it stands and ${points.length} variations of it`);
  const past = await backtest(shared, { ...plan, asOf: until }, pastContestants(definition, points));
  const present = summaryOf(past, 'untuned');
  const trials = points.map((point) => ({ point, past: summaryOf(past, nameOf(point)) }));
  const figures = (summary: StrategySummary) => figuresOf(past, summary);
  const slack = slackOf(definition, past);
  const proposed = chooseTuning(
    figures(present),
    trials.map((trial) => ({ point: trial.point, figures: figures(trial.past) })),
    slack,
  );
  note(`later period from ${until}: ${proposed.length === 0 ? 'nothing is proposed' : proposed.map(nameOf).join(', ')}`);
  const later = await backtest(shared, laterPlan(plan, until), laterContestants(definition, { plan, proposed }));
  const { model, metric, currency, range } = past;
  return { model, metric, currency, past: range, present, trials, proposed, later };
}

/** `retraining.cooldown=P7D` */
export function nameOf({ path, value }: TuningPoint): string {
  return `${path}=${value}`;
}

function pastContestants(definition: ModelDefinition, points: readonly TuningPoint[]): Contestant[] {
  const variations = points.map((point) => ({ name: nameOf(point), changed: varyDefinition(definition, [[point.path, point.value]]) }));
  return [
    { kind: 'policy', name: 'untuned', definition },
    ...variations.map(({ name, changed }): Contestant => ({ kind: 'policy', name, definition: changed })),
  ];
}

function laterContestants(
  definition: ModelDefinition,
  { plan, proposed }: { readonly plan: BacktestPlan; readonly proposed: readonly TuningPoint[] },
): Contestant[] {
  const tuned = varyDefinition(
    definition,
    proposed.map(({ path, value }) => [path, value]),
  );
  return [
    { kind: 'policy', name: 'untuned', definition },
    ...(proposed.length === 0 ? [] : [{ kind: 'policy', name: 'tuned', definition: tuned } as const]),
    ...usualContestants(definition, plan).filter(({ kind }) => kind !== 'policy'),
  ];
}

/** The same lengths as before, so that version 1 of the later period is as fresh as that of the past one. */
function laterPlan(plan: BacktestPlan, until: Instant): BacktestPlan {
  const reference = epochSeconds(plan.referenceUntil) - epochSeconds(plan.trainUntil);
  return { ...plan, trainUntil: addSeconds(until, -reference), referenceUntil: until };
}

function figuresOf({ metric }: BacktestResult, summary: StrategySummary): PolicyFigures {
  const { moneyAfterTraining, meanMetric, promotions, incidents } = summary;
  const signed = meanMetric === null ? null : meanMetric * (HIGHER_IS_BETTER[metric] ? 1 : -1);
  return { worth: moneyAfterTraining ?? signed, promotions, incidents };
}

/** A difference below this counts as none: a tenth of the tolerated drop, or one in a hundred of the money. */
function slackOf({ monitoring }: ModelDefinition, { summaries }: BacktestResult): number {
  const money = summaries.flatMap(({ moneyAfterTraining }) => moneyAfterTraining ?? []);
  return money.length === 0 ? monitoring.performance.toleratedDrop / 10 : Math.max(...money.map(Math.abs)) / 100;
}

function summaryOf({ summaries }: BacktestResult, name: string): StrategySummary {
  const summary = summaries.find(({ strategy }) => strategy === name);
  if (summary === undefined) throw new RangeError(`no contestant is called ${name}`);
  return summary;
}

function emptyPeriod({ referenceUntil, asOf }: BacktestPlan, until: Instant): UserError {
  return new UserError({
    code: 'TUNING_RANGE_EMPTY',
    message: `the past period would end at ${until}, which does not lie between ${referenceUntil} and ${asOf}`,
    hint: 'choose --tune-until between the end of the reference and --as-of',
  });
}
