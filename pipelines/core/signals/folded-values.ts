import type { InputEncoding } from '../schema/model-artifact.ts';
import type { Signal } from '../schema/signal.ts';
import type { CategoricalColumnProfile } from '../schema/window-profile.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeIncrease } from './judge-increase.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

type Vocabulary = Extract<InputEncoding, { kind: 'categorical' }>;

/**
 * Share of rows whose category the version that serves has no input of its own for, so that it falls into `other`, against the same share of the
 * reference: the part of a column that the model cannot read. Alert when it lies above the usual share by more than monitoring.unseen.toleratedShare
 * for sure. It does not block a retraining: a retraining is what teaches the new values. Numeric codes are not judged. An empty list when nobody read
 * the encodings.
 */
export function foldedValues(evidence: WindowEvidence): Signal[] {
  const { profile, encodings = [] } = evidence;
  return encodings.flatMap((encoding) =>
    encoding.kind === 'categorical' && profile.columns[encoding.column]?.kind !== 'numeric' ? [foldedSignal(evidence, encoding)] : [],
  );
}

function foldedSignal(evidence: WindowEvidence, { column: name, vocabulary }: Vocabulary): Signal {
  const { definition, profile, reference } = evidence;
  const [current, before] = [profile.columns[name], reference.profile.columns[name]];
  const known = new Set(vocabulary);
  const rows = current?.kind === 'categorical' ? current.rows - current.missing : 0;
  const base = {
    kind: 'folded-values' as const,
    subject: name,
    method: 'Share of the values that share one input of the model, Wilson interval',
    sampleSize: rows,
  };
  const none = (why: string) => signalOf(evidence, { ...base, status: 'insufficient-data', why });
  const least = definition.monitoring.minimumRows;
  if (current?.kind !== 'categorical' || rows < least)
    return none(`${rowsText(rows)} with a value of ${name}; at least ${figure(least)} are needed.`);
  if (before?.kind !== 'categorical' || before.rows === before.missing) return none(`The reference holds no categories of ${name}.`);
  const hidden = definition.columns.find((column) => column.name === name)?.sensitivity === 'personal';
  if (hidden) return none(`${name} is personal: the reference counts its values without their names.`);
  const usual = { bad: folded(before, known), rows: before.rows - before.missing };
  const tolerated = definition.monitoring.unseen.toleratedShare;
  const judged = judgeIncrease({ bad: folded(current, known), rows }, usual, { tolerated, chance: alarmChance(definition, 'fresh') });
  return signalOf(evidence, {
    ...base,
    value: judged.value,
    reference: judged.reference,
    interval: judged.interval,
    threshold: { operator: '>', level: judged.level, rule: 'share of the reference plus monitoring.unseen.toleratedShare' },
    status: judged.status,
    why: `${percent(judged.value)} of ${name} are values that ${reference.version} knows only as others; ${percent(judged.reference ?? 0)} were in the reference, ${percent(judged.level)} are tolerated.`,
  });
}

function folded({ counts, other }: CategoricalColumnProfile, known: ReadonlySet<string>): number {
  return Object.entries(counts).reduce((sum, [value, rows]) => sum + (known.has(value) ? 0 : rows), other);
}
