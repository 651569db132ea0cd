import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, GroupFigures } from '../schema/group-report.ts';
import { phraseCount } from '../schema/phrase-number.ts';
import { COMPARISONS } from './group-comparisons.ts';
import type { PlainRate } from './row-rates.ts';

/** Which figure of a group tells whether a rate has enough rows behind it. */
const FIGURE: Readonly<Record<PlainRate, keyof GroupFigures>> = {
  selection: 'selectionRate',
  truePositives: 'truePositiveRate',
  falsePositives: 'falsePositiveRate',
  calibration: 'calibrationGap',
  right: 'loss',
  error: 'meanError',
  absoluteError: 'loss',
};

/** A sentence about the groups that a measure leaves out, or counts together, for want of labelled rows, or nothing: a group that is left out is no group that is treated well. `least`: rows that a rate needs. */
export function phraseLeftOut(
  { attribute, groups, disparities, together = [] }: AttributeReport,
  measure: FairnessMeasure,
  least: number,
): string {
  const { rates, needs, byClass } = COMPARISONS[measure];
  const { uncompared = [] } = disparities.find((each) => each.measure === measure)?.challenger ?? {};
  if (byClass) {
    const rule = ` Of each class, groups with ${phraseCount(Math.max(1, least))} or more ${needs} are compared.`;
    return uncompared.length === 0 ? rule : `${rule} Not compared at all: ${uncompared.join(', ')}.`;
  }
  const lacks = (figures: GroupFigures) =>
    rates.some((rate) => {
      const figure = figures[FIGURE[rate]];
      return typeof figure === 'object' && figure !== null && figure.value === null;
    });
  const names = groups.flatMap(({ name, challenger }) => (lacks(challenger) ? [name] : []));
  const alone = names.filter((name) => !together.includes(name));
  const few = phraseCount(Math.max(1, least));
  const joined =
    names.length > alone.length
      ? ` Compared as one, since positives or negatives of one of them are fewer than ${few} and could be told by subtraction: ${attribute} ${together.join(', ')}.`
      : '';
  return alone.length === 0 ? joined : ` Left out, with fewer than ${few} ${needs}: ${attribute} ${alone.join(', ')}.${joined}`;
}
