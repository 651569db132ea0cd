import type { Annotations } from '../schema/annotations.ts';
import type { Interval } from '../schema/interval.ts';
import { phraseInterval, phraseNumber, phraseQuantity } from '../schema/phrase-number.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { alarmChance } from '../signals/alarm-chance.ts';
import { signalOf, type WindowEvidence } from '../signals/signal-of.ts';
import { cohensKappa } from '../statistics/agreement/cohens-kappa.ts';
import { fleissKappa } from '../statistics/agreement/fleiss-kappa.ts';

const UNTIMED =
  ' labels.columns.timestamp names no column: opinions on all predictions made by then are compared, and which of them had come by then cannot be known.';
const TIMED = ' Rows that somebody labelled in these days, with all that had been said of them by then.';

export interface AgreementEvidence extends Pick<WindowEvidence, 'definition' | 'reference' | 'profile'> {
  /** When the opinions came. */
  readonly measured: Window;
  readonly annotations: Annotations;
}

/**
 * How well annotators agree beyond chance: Cohen's kappa of two, Fleiss' of more. With labels.minimumAgreement an alert when an interval lies below it wholly that is as sure as the false-alarm budget asks (see `alarmChance`), a warning when the estimate does; without, reported only. A model cannot be shown to be better than its labels are.
 */
export function agreementSignal(evidence: AgreementEvidence): Signal {
  const { definition, annotations, measured } = evidence;
  const items = annotations.patterns.reduce((sum, pattern) => sum + pattern.items, 0);
  const { method, kappa, interval } = measure(annotations);
  const base = { kind: 'label-agreement' as const, subject: 'annotators', method, window: measured, sampleSize: items };
  const least = definition.monitoring.minimumLabels;
  if (items < least) {
    const why = `${phraseQuantity(items, 'row was', 'rows were')} labelled by more than one annotator; at least ${least} are needed.`;
    return signalOf(evidence, { ...base, status: 'insufficient-data', why });
  }
  if (kappa === null)
    return signalOf(evidence, {
      ...base,
      status: 'insufficient-data',
      why: 'All annotators gave one and the same label: chance alone would agree.',
    });
  const limit = definition.labels.minimumAgreement;
  const isTimed = definition.labels.columns.timestamp !== undefined;
  const range = interval === null ? '' : ` (${phraseInterval(interval, 3)})`;
  const said = `${phraseQuantity(annotations.annotators, 'annotator')} agree beyond chance by ${phraseNumber(kappa, 3)}${range} on ${phraseQuantity(items, 'row')}`;
  const verdict = limit === undefined ? 'Reported only: no limit was agreed for it.' : `${limit} is the least that was agreed.`;
  return signalOf(evidence, {
    ...base,
    value: kappa,
    interval,
    threshold: limit === undefined ? null : { operator: '<', level: limit, rule: 'labels.minimumAgreement of model.yml' },
    status: judged({ kappa, limit, surely: () => measure(annotations, 1 - 2 * alarmChance(definition, 'pooled')).interval }),
    why: `${said}. ${verdict}${isTimed ? TIMED : UNTIMED}`,
  });
}

function judged(of: { kappa: number; limit: number | undefined; surely: () => Interval | null }): SignalStatus {
  const { kappa, limit, surely } = of;
  if (limit === undefined || kappa >= limit) return 'ok';
  const interval = surely();
  return interval !== null && interval.upper < limit ? 'alert' : 'warning';
}

function measure({ patterns, pairs }: Annotations, level = 0.95): { method: string; kappa: number | null; interval: Interval | null } {
  if (pairs !== null) {
    const size = 1 + Math.max(-1, ...pairs.flatMap(({ first, second }) => [first, second]));
    const table = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    for (const { first, second, items } of pairs) {
      const row = table[first];
      if (row !== undefined) row[second] = items;
    }
    const found = cohensKappa(table, level);
    return {
      method: "Cohen's kappa, interval of Fleiss, Cohen and Everitt",
      kappa: found?.kappa ?? null,
      interval: found?.interval ?? null,
    };
  }
  const size = 1 + Math.max(-1, ...patterns.flatMap(({ labels }) => labels));
  const counts = patterns.flatMap(({ labels, items }) => {
    const row = new Array<number>(size).fill(0);
    for (const label of labels) row[label] = (row[label] ?? 0) + 1;
    return new Array<number[]>(items).fill(row);
  });
  const found = fleissKappa(counts, level);
  return { method: "Fleiss' kappa, jackknife interval over rows", kappa: found?.kappa ?? null, interval: found?.interval ?? null };
}
