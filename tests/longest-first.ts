import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Slow test files that take more than half a minute of a core, longest first: whoever starts one of them last keeps a core waiting. */
const LONGEST = [
  'calibration/estimated-performance',
  'calibration/drift-stream',
  'calibration/multivariate-stream',
  'calibration/text-vocabulary',
  'stages/backtest-hotel',
  'stages/flights-score-drift',
  'calibration/e-process',
  'calibration/multivariate-domain',
  'calibration/multivariate-words',
  'calibration/e-process-shapes',
  'bot/reconcile/crash',
  'calibration/drift-rule',
  'calibration/lasting-drop',
  'calibration/multivariate-reconstruction',
  'oracles/dle-car-price',
  'calibration/drift-null',
];

/** Runs the longest slow files first, so that every core has work until the end, also where no earlier run has left durations behind. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

function place({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((name) => moduleId.endsWith(`tests/${name}.slow.test.ts`));
  return found < 0 ? LONGEST.length : found;
}
