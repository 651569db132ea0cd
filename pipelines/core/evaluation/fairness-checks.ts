import type { EvaluationReport } from '../schema/evaluation-report.ts';
import { FAIRNESS_SCALE, OF_CLASSES } from '../schema/fairness-measures.ts';
import { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, Disparity, GroupEstimate } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { FAIRNESS_WORDS, groupNotes } from '../schema/phrase-group.ts';
import { type Harm, harmCheck } from './harm-check.ts';
import { phraseLeftOut } from './left-out-groups.ts';
import { limitSide, limitStanding } from './limit-standing.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

/**
 * For each protected column: its groups could be compared; against the champion, no group has a larger loss and no distance between groups is wider than gate.fairness tolerates; and the
 * challenger keeps the limits of gate.fairness.limits, if there are any.
 */
export function fairnessChecks(definition: ModelDefinition, report: EvaluationReport): WeighedCheck[] {
  return definition.columns
    .filter(({ role }) => role === 'protected')
    .flatMap(({ name }) =>
      attributeChecks(definition, report, { name, attribute: report.fairness?.find(({ attribute }) => attribute === name) }),
    );
}

interface Watched {
  readonly name: string;
  readonly attribute: AttributeReport | undefined;
}

function attributeChecks(definition: ModelDefinition, report: EvaluationReport, watched: Watched): WeighedCheck[] {
  const { name, attribute } = watched;
  const groups = attribute?.groups.length ?? 0;
  const compared = weighCheck({
    name: `groups of ${name} that could be compared`,
    metric: 'groups',
    operator: '>=',
    expected: 2,
    actual: groups,
    otherwise: 'needs-human',
    why: attribute === undefined ? 'They were not measured.' : comparedGroups(definition, attribute),
  });
  if (attribute === undefined || groups < 2) return [compared];
  return [
    compared,
    ...(report.champion === null ? [] : againstChampion(definition, report, attribute)),
    ...limitChecks(definition, attribute),
  ];
}

function comparedGroups(definition: ModelDefinition, attribute: AttributeReport): string {
  const { groups, why } = attribute;
  const compared = why === null ? [`${groups.map((group) => group.name).join('; ')}.`] : [];
  const telling = attribute.disparities.filter(
    ({ measure, challenger }) => !OF_CLASSES.includes(measure) || challenger.uncompared !== undefined,
  );
  const leftOut = telling.map(({ measure }) => phraseLeftOut(attribute, measure, definition.privacy.minimumCount).trim());
  const told = [...new Set(leftOut)].filter((sentence) => sentence !== '');
  return [...compared, ...groupNotes(attribute), ...told].join(' ');
}

function againstChampion({ gate }: ModelDefinition, { slices }: EvaluationReport, attribute: AttributeReport): WeighedCheck[] {
  const usual = slices?.overall.champion?.value ?? null;
  const increases = attribute.groups.flatMap(({ name, increase }): Harm[] =>
    increase === null || increase.value === null || usual === null ? [] : [{ where: `${attribute.attribute} ${name}`, estimate: increase }],
  );
  const widenings = attribute.disparities.flatMap(({ measure, widening }) =>
    widening === null ? [] : wideningHarm(measure, widening, usual),
  );
  const name = attribute.attribute;
  return [
    harmCheck({
      name: `loss gained in a group of ${name}`,
      metric: 'groupLoss',
      tolerated: gate.fairness.toleratedIncrease * (usual ?? 0),
      harms: increases,
      missing: 'The loss of the groups could not be compared with the champion.',
    }),
    harmCheck({
      name: `distance gained between groups of ${name}`,
      metric: 'groupDistance',
      tolerated: gate.fairness.toleratedWidening,
      harms: widenings,
      missing: 'The distances between the groups could not be compared with the champion.',
    }),
  ];
}

/** What is measured in units of the label is told as a share of the champion's loss on all rows, so that one tolerance fits all distances. */
function wideningHarm(measure: FairnessMeasure, widening: GroupEstimate, usual: number | null): Harm[] {
  const where = FAIRNESS_WORDS[measure].name;
  if (FAIRNESS_SCALE[measure] !== 'label units') return [{ where, estimate: widening }];
  if (usual === null || usual === 0) return [];
  const { value, interval, sampleSize } = widening;
  const estimate = {
    value: value === null ? null : value / usual,
    interval: interval === null ? null : { ...interval, lower: interval.lower / usual, upper: interval.upper / usual },
    sampleSize,
  };
  return [{ where: `${where}, as a share of the champion's loss on all rows`, estimate }];
}

function limitChecks({ gate }: ModelDefinition, attribute: AttributeReport): WeighedCheck[] {
  return FairnessMeasure.options.flatMap((measure) => {
    const limit = gate.fairness.limits[measure];
    const found = attribute.disparities.find((each) => each.measure === measure)?.challenger;
    if (limit === undefined) return [];
    const name = `${FAIRNESS_WORDS[measure].name} of ${attribute.attribute}`;
    if (found === undefined || found.value === null) {
      const operator = limitSide(measure) === '<' ? '>=' : '<=';
      const why = found?.why ?? 'It was not measured.';
      return [weighCheck({ name, metric: measure, operator, expected: limit, actual: null, otherwise: 'needs-human', why })];
    }
    const of = { measure, found, limit };
    return [limitSide(measure) === '<' ? ratioCheck(name, of) : distanceCheck(name, of)];
  });
}

interface Limited {
  readonly measure: FairnessMeasure;
  readonly found: Disparity;
  readonly limit: number;
}

/** A ratio is kept from below: its shortfall is the harm. */
function ratioCheck(name: string, { measure, found, limit }: Limited): WeighedCheck {
  const { value, interval, lowest, highest } = found;
  const standing = limitStanding(measure, found, limit);
  const perhaps = standing === 'beyond by the estimate' ? '; it may be chance: a person must decide' : '';
  return weighCheck({
    name,
    metric: measure,
    operator: '>=',
    expected: limit,
    actual: value,
    interval,
    otherwise: standing === 'beyond for sure' ? 'fail' : 'needs-human',
    why: `Lowest for ${lowest ?? 'none'}, highest for ${highest ?? 'none'}${perhaps}.`,
  });
}

function distanceCheck(name: string, { measure, found, limit }: Limited): WeighedCheck {
  const estimate: GroupEstimate = { value: found.value, interval: found.interval, sampleSize: found.sampleSize };
  const where = `${found.highest ?? 'none'} above ${found.lowest ?? 'none'}${found.class === undefined ? '' : ` in class ${found.class}`}`;
  return harmCheck({ name, metric: measure, tolerated: limit, harms: [{ where, estimate }], missing: 'It was not measured.' });
}
