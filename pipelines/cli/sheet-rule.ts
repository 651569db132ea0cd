import type { SheetRule } from '../core/schema/drift-sheet.ts';
import type { MonitoringPolicy } from '../core/schema/monitoring-policy.ts';
import type { AskedSheet } from './sheet-options.ts';

/** The rule of a sheet: that of the watcher, but for what was asked. */
export function sheetRule({ drift, minimumRows }: MonitoringPolicy, asked: AskedSheet): SheetRule {
  return {
    method: drift.method,
    effectFloor: asked.floor ?? drift.effectFloor,
    falseDiscoveryRate: drift.falseDiscoveryRate,
    adjustment: asked.adjustment,
    minimumRows: asked.minimumRows ?? minimumRows,
  };
}
