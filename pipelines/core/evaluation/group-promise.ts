import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { GroupPromise } from '../schema/group-report.ts';

/** What the selected challenger promises for declared slices, and how the protected numbers were cut; null for a report from before slices were measured. */
export function groupPromise({ slices, fairness }: EvaluationReport): GroupPromise | null {
  if (slices === undefined) return null;
  const cut = (fairness ?? []).flatMap(({ attribute, cuts }) => (cuts === null ? [] : [[attribute, cuts] as const]));
  return {
    loss: slices.loss,
    overall: slices.overall.challenger.value,
    slices: slices.declared.flatMap(({ name, challenger: { value, sampleSize } }) =>
      value === null ? [] : [{ name, loss: value, sampleSize }],
    ),
    cuts: Object.fromEntries(cut),
  };
}
