import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { harmCheck } from './harm-check.ts';
import type { WeighedCheck } from './weighed-check.ts';

/**
 * One check a declared slice: the challenger's loss there may not be above the champion's by more than gate.slices.toleratedIncrease of the champion's loss on all rows. A slice with too few rows needs a person. Nothing without a champion, or without declared slices. Found slices are shown and
 * not judged: nobody said that they matter.
 */
export function sliceChecks(definition: ModelDefinition, { champion, slices }: EvaluationReport): WeighedCheck[] {
  if (champion === null) return [];
  const usual = slices?.overall.champion?.value ?? null;
  return definition.slices.map(({ name }) => {
    const slice = slices?.declared.find((each) => each.name === name);
    const increase = slice?.increase ?? null;
    return harmCheck({
      name: `loss gained in the slice ${name}`,
      metric: 'sliceLoss',
      tolerated: definition.gate.slices.toleratedIncrease * (usual ?? 0),
      harms:
        increase === null || increase.value === null || usual === null
          ? []
          : [{ where: `${slices?.loss ?? 'loss'}, challenger less champion`, estimate: increase }],
      missing: `The slice could not be judged: ${slice?.why ?? 'it was not measured.'}`,
    });
  });
}
