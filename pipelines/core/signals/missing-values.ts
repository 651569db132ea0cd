import type { Column } from '../schema/column.ts';
import type { Signal } from '../schema/signal.ts';
import type { ColumnProfile } from '../schema/window-profile.ts';
import { twoProportions } from '../statistics/hypotheses/two-proportions.ts';
import { alarmChance } from './alarm-chance.ts';
import { columnSubjects } from './column-subjects.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { figure, percent, probability, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** Rows without a usable value: missing, not finite, or too far out for the grid. */
function unusable(column: ColumnProfile): number {
  return column.missing + (column.kind === 'numeric' ? column.nonFinite : 0);
}

/**
 * Share of missing values of each watched column against the reference: alert when it rose by more than monitoring.missing.toleratedIncrease
 * and chance does not explain it; where chance may explain it, it warns, so that fewer rows never look better. A required column that the reference had in full warns from the first missing value.
 */
export function missingValues(evidence: WindowEvidence): Signal[] {
  return columnSubjects(evidence.definition).map((column) => missingSignal(evidence, column));
}

function missingSignal(evidence: WindowEvidence, { name, required }: Column): Signal {
  const { definition, profile, reference } = evidence;
  const current = profile.columns[name];
  const before = reference.profile.columns[name];
  const tolerated = definition.monitoring.missing.toleratedIncrease;
  const base = { kind: 'missing-values' as const, subject: name, method: 'Two-proportion z test, Newcombe interval of the increase' };
  const sampleSize = current?.rows ?? 0;
  if (current === undefined || sampleSize < definition.monitoring.minimumRows) {
    const why = `${rowsText(sampleSize)} of ${name} in the window; at least ${figure(definition.monitoring.minimumRows)} are needed.`;
    return signalOf(evidence, { ...base, sampleSize, status: 'insufficient-data', why });
  }
  if (before === undefined || before.rows === 0) {
    return signalOf(evidence, { ...base, sampleSize, status: 'insufficient-data', why: `The reference holds no column ${name}.` });
  }
  const first = { successes: unusable(before), trials: before.rows };
  const second = { successes: unusable(current), trials: current.rows };
  const { difference, interval, pValue } = twoProportions(first, second);
  const [share, usual] = [second.successes / second.trials, first.successes / first.trials];
  const alert = difference > tolerated && pValue <= Math.min(EVIDENCE_LEVEL, alarmChance(definition, 'fresh'));
  const broken = required && usual === 0 && share > 0;
  return signalOf(evidence, {
    ...base,
    value: share,
    reference: usual,
    interval: { lower: usual + interval.lower, upper: usual + interval.upper, level: interval.level },
    pValue,
    threshold: { operator: '>', level: usual + tolerated, rule: 'share of the reference plus monitoring.missing.toleratedIncrease' },
    sampleSize,
    status: alert ? 'alert' : broken || difference > tolerated ? 'warning' : 'ok',
    why: `${percent(share)} of ${name} is missing, ${percent(usual)} in the reference (${probability(pValue)}, tolerated increase ${percent(tolerated)})${broken ? '; the column is required' : ''}.`,
  });
}
