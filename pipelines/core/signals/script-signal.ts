import type { Column } from '../schema/column.ts';
import type { RowSample } from '../schema/row-sample.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Signal } from '../schema/signal.ts';
import { jensenShannonDistance } from '../statistics/distances/jensen-shannon.ts';
import { homogeneityTest } from '../statistics/hypotheses/homogeneity-test.ts';
import { scriptOf } from '../statistics/text/script-of.ts';
import { figure, percent, probability } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** The mix of scripts of a text column, window against reference: report-only, since the classifier of texts sees what it sees, and more. */
export function scriptSignal(evidence: WindowEvidence, { name }: Column, { reference, window }: RowSample): Signal {
  const [before, now] = [scriptsOf(reference, name), scriptsOf(window, name)];
  const scripts = [...new Set([...before.keys(), ...now.keys()])].sort();
  const counts = { reference: scripts.map((each) => before.get(each) ?? 0), current: scripts.map((each) => now.get(each) ?? 0) };
  const rows = total(counts.current);
  const { pValue } = homogeneityTest(counts);
  const distance = jensenShannonDistance(counts.reference, counts.current);
  const shares = scripts
    .map((script, place) => ({
      script,
      share: (counts.current[place] ?? 0) / rows,
      before: (counts.reference[place] ?? 0) / total(counts.reference),
    }))
    .sort((a, b) => b.share - a.share || (a.script < b.script ? -1 : 1))
    .slice(0, 3)
    .map(({ script, share, before: usual }) => `${script} ${percent(share)} (reference ${percent(usual)})`);
  return signalOf(evidence, {
    kind: 'vocabulary',
    subject: `${name} script`,
    method: 'Jensen-Shannon distance of the scripts of texts, G test; report-only: it never alerts',
    value: distance,
    pValue,
    sampleSize: rows,
    status: 'ok',
    why: `Scripts of ${name}: ${shares.join(', ')}; distance ${figure(distance)} (${probability(pValue)}). Reported only.`,
  });
}

function scriptsOf({ texts }: RowTable, name: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts[name] ?? []) {
    if (text === null) continue;
    const script = scriptOf(text);
    counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return counts;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
