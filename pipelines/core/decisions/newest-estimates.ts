import type { WindowSummary } from '../schema/model-state.ts';

/** Windows oldest first, of which only the newest keeps every estimated metric and its confusion matrix: pages show no other, and git keeps what is stored. */
export function newestEstimates(windows: readonly WindowSummary[]): WindowSummary[] {
  return windows.map((summary, index) => (index === windows.length - 1 ? summary : { ...summary, signals: summary.signals.map(bare) }));
}

function bare({ estimates: _, ...signal }: WindowSummary['signals'][number]): WindowSummary['signals'][number] {
  return signal;
}
