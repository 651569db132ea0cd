import { phraseQuantity } from '../core/schema/phrase-number.ts';
import { phraseQuarantine, quarantinedRows } from '../core/signals/phrase-quarantine.ts';
import type { WatchResult } from '../stages/watch-input.ts';

/** What a run of the watcher found, as lines: the head, every alert, and every window with rows that were set aside. */
export function phraseWatch({ report }: Pick<WatchResult, 'report'>): string[] {
  const head = `${report.model} ${report.champion}: ${phraseQuantity(report.windows.length, 'new window')} up to ${report.watermark}, ${phraseQuantity(report.newLabels, 'label')} newer than its training data`;
  const alerts = report.windows.flatMap(({ window, signals }) =>
    signals.filter(({ status }) => status === 'alert').map(({ why }) => `  ${window.start.slice(0, 10)}  ${why}`),
  );
  const age = report.freshness?.status === 'alert' ? [`  ${report.watermark.slice(0, 10)}  ${report.freshness.why}`] : [];
  return [head, ...age, ...alerts, ...quarantineLines(report)];
}

/** Rows that were set aside, however few: a share too small for an alert is still somebody's lost row. */
function quarantineLines({ windows }: WatchResult['report']): string[] {
  return windows.flatMap(({ window, rows, quarantined }) => {
    const bad = quarantinedRows(quarantined);
    if (bad === 0) return [];
    const beside = `${phraseQuantity(bad, 'line')} set aside beside ${phraseQuantity(rows, 'row')}`;
    return [`  ${window.start.slice(0, 10)}  ${beside}: ${phraseQuarantine(quarantined)}`];
  });
}
