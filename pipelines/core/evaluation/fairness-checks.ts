import type { EvaluationReport } from '../schema/evaluation-report.ts';
import { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { AttributeReport, Disparity, GroupEstimate } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { FAIRNESS_WORDS } from '../schema/phrase-group.ts';
import { type Harm, harmCheck } from './harm-check.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

/**
 * For each protected column of a binary model: its groups could be compared; against the champion, no group has a larger loss and no distance between groups is wider than gate.fairness tolerates; and the
 * challenger keeps the limits of gate.fairness.limits, if there are any.
 */
export function fairnessChecks(definition: ModelDefinition, report: EvaluationReport): WeighedCheck[] {
  if (definition.task !== 'binary') return [];
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
    why:
      attribute?.why ??
      (attribute === undefined ? 'They were not measured.' : `${attribute.groups.map((group) => group.name).join('; ')}.`),
  });
  if (attribute === undefined || groups < 2) return [compared];
  return [
    compared,
    ...(report.champion === null ? [] : againstChampion(definition, report, attribute)),
    ...limitChecks(definition, attribute),
  ];
}

function againstChampion({ gate }: ModelDefinition, { slices }: EvaluationReport, attribute: AttributeReport): WeighedCheck[] {
  const usual = slices?.overall.champion?.value ?? null;
  const increases = attribute.groups.flatMap(({ name, increase }): Harm[] =>
    increase === null || increase.value === null || usual === null ? [] : [{ where: `${attribute.attribute} ${name}`, estimate: increase }],
  );
  const widenings = attribute.disparities.flatMap(({ measure, widening }): Harm[] =>
    widening === null ? [] : [{ where: FAIRNESS_WORDS[measure].name, estimate: widening }],
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

function limitChecks({ gate }: ModelDefinition, attribute: AttributeReport): WeighedCheck[] {
  return FairnessMeasure.options.flatMap((measure) => {
    const limit = gate.fairness.limits[measure];
    const found = attribute.disparities.find((each) => each.measure === measure)?.challenger;
    if (limit === undefined) return [];
    const name = `${FAIRNESS_WORDS[measure].name} of ${attribute.attribute}`;
    if (found === undefined || found.value === null) {
      const why = found?.why ?? 'It was not measured.';
      return [
        weighCheck({
          name,
          metric: measure,
          operator: measure === 'selectionRatio' ? '>=' : '<=',
          expected: limit,
          actual: null,
          otherwise: 'needs-human',
          why,
        }),
      ];
    }
    return [measure === 'selectionRatio' ? ratioCheck(name, limit, found) : distanceCheck(name, limit, { measure, found })];
  });
}

/** A ratio is kept from below: its shortfall is the harm. */
function ratioCheck(name: string, limit: number, found: Disparity): WeighedCheck {
  const { value, interval } = found;
  const isSure = interval !== null && interval.upper < limit;
  return weighCheck({
    name,
    metric: 'selectionRatio',
    operator: '>=',
    expected: limit,
    actual: value,
    interval,
    otherwise: isSure ? 'fail' : 'needs-human',
    why: `Lowest for ${found.lowest ?? 'none'}, highest for ${found.highest ?? 'none'}${value !== null && value < limit && !isSure ? '; it may be chance: a person must decide' : ''}.`,
  });
}

function distanceCheck(
  name: string,
  limit: number,
  { measure, found }: { readonly measure: FairnessMeasure; readonly found: Disparity },
): WeighedCheck {
  const estimate: GroupEstimate = { value: found.value, interval: found.interval, sampleSize: found.sampleSize };
  const where = `${found.highest ?? 'none'} above ${found.lowest ?? 'none'}`;
  return harmCheck({ name, metric: measure, tolerated: limit, harms: [{ where, estimate }], missing: 'It was not measured.' });
}
