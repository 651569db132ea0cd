import { limitSide } from '../evaluation/limit-standing.ts';
import { type FairnessLimits, FairnessMeasure } from '../schema/fairness-policy.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { FAIRNESS_WORDS } from '../schema/phrase-group.ts';

/** What the owner agreed to about protected columns: which are watched, which classes are favourable, and the limits. Empty for a model without such columns. */
export function groupLimitLines({ columns, labels, monitoring, gate }: ModelDefinition): string[] {
  const names = columns.filter(({ role }) => role === 'protected').map(({ name }) => name);
  if (names.length === 0) return [];
  const { favourable } = labels;
  const [watched, judged] = [limitWords(monitoring.fairness.limits), limitWords(gate.fairness.limits)];
  return [
    `Watched, never trained on: ${names.join(', ')}.`,
    ...(favourable === undefined ? [] : [`Favourable classes, by which groups are compared: ${favourable.join(', ')}.`]),
    ...(watched === null ? [] : [`Production must keep between groups: ${watched}.`]),
    ...(judged === null ? [] : [`A challenger must keep between groups: ${judged}.`]),
  ];
}

function limitWords(limits: FairnessLimits): string | null {
  const words = FairnessMeasure.options.flatMap((measure) => {
    const limit = limits[measure];
    return limit === undefined ? [] : [`${FAIRNESS_WORDS[measure].name} of at ${limitSide(measure) === '<' ? 'least' : 'most'} ${limit}`];
  });
  return words.length === 0 ? null : words.join('; ');
}
