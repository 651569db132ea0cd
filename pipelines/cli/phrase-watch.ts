import type { WatchResult } from '../stages/watch-input.ts';

/** What a run of the watcher found, as lines: the head, every alert, and every window with rows that were set aside. */
export function phraseWatch({ report }: Pick<WatchResult, 'report'>): string[] {
  const head = `${report.model} ${report.champion}: ${report.windows.length} new windows up to ${report.watermark}, ${report.newLabels} labels newer than its training data`;
  const alerts = report.windows.flatMap(({ window, signals }) =>
    signals.filter(({ status }) => status === 'alert').map(({ why }) => `  ${window.start.slice(0, 10)}  ${why}`),
  );
  const age = report.freshness?.status === 'alert' ? [`  ${report.watermark.slice(0, 10)}  ${report.freshness.why}`] : [];
  return [head, ...age, ...alerts, ...quarantineLines(report)];
}

/** Rows that were set aside, however few: a share too small for an alert is still somebody's lost row. */
function quarantineLines({ windows }: WatchResult['report']): string[] {
  return windows.flatMap(({ window, rows, quarantined }) => {
    const reasons = Object.entries(quarantined).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (reasons.length === 0) return [];
    const bad = reasons.reduce((sum, [, count]) => sum + count, 0);
    const named = reasons.map(([reason, count]) => `${reason} ${count}`).join(', ');
    return [`  ${window.start.slice(0, 10)}  ${bad} ${bad === 1 ? 'line' : 'lines'} set aside beside ${rows} rows: ${named}`];
  });
}
