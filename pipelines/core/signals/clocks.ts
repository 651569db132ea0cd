import type { LogIntegrity } from '../schema/log-integrity.ts';
import type { Signal } from '../schema/signal.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeIncrease } from './judge-increase.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

interface ClockCheck {
  readonly subject: string;
  readonly method: string;
  readonly of: (integrity: LogIntegrity) => { readonly bad: number; readonly rows: number };
  readonly what: (bad: string) => string;
  readonly needsUsual: boolean;
}

const ORDER: ClockCheck = {
  subject: 'order',
  method: 'Share of rows that lie more than a minute before the row above them in their file, Wilson interval',
  of: ({ backwards, steps }) => ({ bad: backwards, rows: steps }),
  what: (bad) => `${bad} lie more than a minute before the row above them in their file`,
  // Several writers may share a file: only the reference tells how much disorder is usual.
  needsUsual: true,
};
const AHEAD: ClockCheck = {
  subject: 'ahead-of-arrival',
  method: 'Share of rows whose event time is more than a minute later than their arrival, Wilson interval',
  of: ({ ahead, arrived }) => ({ bad: ahead, rows: arrived }),
  what: (bad) => `${bad} carry a time that lies more than a minute after their arrival`,
  needsUsual: false,
};
const LATE: ClockCheck = {
  subject: 'late-arrival',
  method: 'Share of rows that arrived later than logs.lateness after their event time, Wilson interval',
  of: ({ late, arrived }) => ({ bad: late, rows: arrived }),
  what: (bad) => `${bad} arrived later than logs.lateness after their event time, so their windows were judged without them`,
  needsUsual: false,
};

/**
 * Whether the times of a log can be believed: order inside its files, and, where logs.columns.arrivedAt names a column, event time against
 * arrival. Each share is held against that of the reference plus logs.maximumQuarantineShare. An empty list when nobody looked.
 */
export function clocks(evidence: WindowEvidence): Signal[] {
  const { definition, profile, reference } = evidence;
  if (profile.integrity === undefined && reference.profile.integrity === undefined) return [];
  const checks = definition.logs.columns.arrivedAt === undefined ? [ORDER] : [ORDER, AHEAD, LATE];
  return checks.map((check) => clockSignal(evidence, check));
}

function clockSignal(evidence: WindowEvidence, { subject, method, of, what, needsUsual }: ClockCheck): Signal {
  const { definition, profile, reference } = evidence;
  const counted = profile.integrity === undefined ? null : of(profile.integrity);
  const usual = reference.profile.integrity === undefined ? { bad: 0, rows: 0 } : of(reference.profile.integrity);
  const base = { kind: 'clock' as const, subject, method, sampleSize: counted?.rows ?? 0 };
  const none = (why: string) => signalOf(evidence, { ...base, status: 'insufficient-data', why });
  const least = definition.monitoring.minimumRows;
  if (counted === null || counted.rows < least)
    return none(`${rowsText(counted?.rows ?? 0)} with comparable times in the window; at least ${figure(least)} are needed.`);
  if (needsUsual && usual.rows === 0) return none('The reference does not tell how much disorder is usual in the files.');
  const judged = judgeIncrease(counted, usual, {
    tolerated: definition.logs.maximumQuarantineShare,
    chance: alarmChance(definition, 'fresh'),
  });
  return signalOf(evidence, {
    ...base,
    value: judged.value,
    reference: judged.reference,
    interval: judged.interval,
    threshold: { operator: '>', level: judged.level, rule: 'share of the reference plus logs.maximumQuarantineShare' },
    status: judged.status,
    why: `${what(`${figure(counted.bad)} of ${rowsText(counted.rows)} (${percent(judged.value)})`)}; ${percent(judged.level)} are accepted.`,
  });
}
