import type { Contender, PairedComparison } from '../schema/evaluation-report.ts';
import type { MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseChange, phraseInterval } from '../schema/phrase-number.ts';

/** The candidate that was chosen, and one sentence that says why. */
export interface Selection {
  readonly name: string;
  readonly because: string;
}

export interface Leads {
  /** Trained on the most rows: see `steadiest`. */
  readonly base: string;
  /** Every other candidate − the base on the same held-out rows, with an interval of one standard error on either side; positive is better. */
  readonly leads: readonly PairedComparison[];
  /** The metric that production is watched by. */
  readonly metric: MetricName;
  /** Names of challengers that are no candidates, since the gate's rules would refuse them. Left out: none. */
  readonly refused?: readonly string[];
}

/** Share of a normal distribution within one standard error of its mean: the level of the intervals that `selectChallenger` reads. */
export const ONE_STANDARD_ERROR = 0.6827;

/** The candidate that was trained on the most rows: its figures depend least on which weeks it saw. The first of equals. Throws a RangeError for none. */
export function steadiest<T extends Pick<Contender, 'trainedOn'>>(candidates: readonly T[]): T {
  const [first, ...others] = candidates;
  if (first === undefined) throw new RangeError('steadiest requires at least one candidate');
  const rowsOf = ({ trainedOn }: T) => trainedOn?.rows ?? 0;
  return others.reduce((most, each) => (rowsOf(each) > rowsOf(most) ? each : most), first);
}

/**
 * The challenger that goes to the gate: the base, which was trained on the most rows, unless another is better than it by more than one standard error; then the one that is so
 * most surely.
 *
 * The one-standard-error rule (Breiman, Friedman, Olshen, Stone 1984, Classification and Regression Trees, section 3.4.3): of models that the rows hardly tell apart the better
 * estimate is merely the luckier one. Held-out rows flatter a model of the newest weeks besides: they lie right behind the rows that it was trained on, and it has to serve
 * for months.
 */
export function selectChallenger({ base, leads, metric, refused = [] }: Leads): Selection {
  const stoodBack = refused.join(' and ');
  if (leads.length === 0) {
    const because = stoodBack === '' ? 'The only challenger.' : `The only one that the gate's rules let pass; they refuse ${stoodBack}.`;
    return { name: base, because };
  }
  const sure = leads.filter(({ interval }) => interval !== null && interval.lower > 0);
  const [best] = sure.toSorted((a, b) => (b.interval?.lower ?? 0) - (a.interval?.lower ?? 0));
  const name = metricName(metric);
  const rule =
    best === undefined
      ? `Trained on the most rows, and no other has a lead on it of more than one standard error in ${name}`
      : `Leads ${base}, which was trained on the most rows, by more than one standard error in ${name}`;
  const figures = leads.map((lead) => phraseLead(lead, metric)).join(', ');
  const end = stoodBack === '' ? '' : ` The gate's rules refuse ${stoodBack}.`;
  return { name: best?.challenger ?? base, because: `${rule}: ${figures}.${end}` };
}

function phraseLead({ challenger, improvement, interval, why }: PairedComparison, metric: MetricName): string {
  if (improvement === null || interval === null) return `${challenger} has no figure (${why ?? 'it was not measured'})`;
  const digits = metricDigits(metric, improvement) + 1;
  return `${challenger} ${phraseChange(improvement, digits)} (${phraseInterval(interval, digits)})`;
}
