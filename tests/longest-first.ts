import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Slow test files that take more than some twenty seconds of a core, longest first: whoever starts one of them last keeps a core waiting. */
const LONGEST = [
  'calibration/multivariate-stream',
  'calibration/estimated-performance',
  'calibration/drift-stream',
  'stages/backtest-hotel',
  'stages/flights-score-drift',
  'calibration/text-vocabulary',
  'calibration/multivariate-domain',
  'calibration/multivariate-words',
  'calibration/whole-monitor',
  'bot/reconcile/crash',
  'calibration/lasting-drop',
  'calibration/e-process',
  'calibration/e-process-shapes',
  'calibration/drift-rule',
  'calibration/multivariate-reconstruction',
  'oracles/dle-car-price',
  'bot/reconcile/noted-incidents',
  'calibration/drift-null',
  'calibration/task-intervals',
  'workflows/gate-run',
  'calibration/estimated-errors',
  'calibration/second-opinion',
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
