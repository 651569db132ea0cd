import type { GateCheck, GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { phraseCheckFigures, phraseCheckText, phraseOperator } from '../../../pipelines/core/views/phrase-check.ts';
import { metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { codeSpan } from '../code-span.ts';
import { section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';

const WORDS: Readonly<Record<GateVerdict['verdict'], string>> = { pass: 'passed', fail: 'failed', 'needs-human': 'needs a person' };

/** What binds a verdict to bytes, rows and dates. Where these are in order they say no more than that: a reader looks for what they do not say. */
const BINDING: ReadonlySet<string> = new Set(['problems', 'files', 'paths', 'asOf', 'heldOutUntil', 'trainedUntil', 'equality', 'ranges']);

/** The verdict: every check that failed, then those that weigh the challenger; those that only bind the verdict are folded away where they passed. */
export function gateSection(verdict: GateVerdict): string {
  const failed = verdict.checks.filter((check) => !check.passed);
  const passed = verdict.checks.filter((check) => check.passed);
  const binding = passed.filter(({ metric }) => BINDING.has(metric));
  const weighing = passed.filter(({ metric }) => !BINDING.has(metric));
  return section(
    `Gate: ${WORDS[verdict.verdict]}, ${passed.length} of ${verdict.checks.length} checks`,
    markdownText(verdict.summary, 400),
    checkTable([...failed, ...weighing]),
    folded(binding),
    `<sub>Bound to evidence ${codeSpan(verdict.evidenceDigest.slice(0, 23))}: challenger, champion, data, rules and code. One byte more or less, and it no longer holds.</sub>`,
  );
}

function checkTable(checks: readonly GateCheck[]): string {
  return table(
    [{ title: '' }, { title: 'check' }, { title: 'expected', align: 'right' }, { title: 'found', align: 'right' }, { title: 'why' }],
    checks.map(rowOf),
  );
}

function folded(checks: readonly GateCheck[]): string {
  if (checks.length === 0) return '';
  const summary = `<summary>${checks.length} more checks passed: they bind the verdict to these bytes, rows and dates</summary>`;
  return `<details>${summary}\n\n${checkTable(checks)}\n\n</details>`;
}

function rowOf(check: GateCheck): string[] {
  const { expected, actual, interval } = phraseCheckFigures(check);
  return [
    check.passed ? '✓' : '✕',
    markdownText(check.name === check.metric ? metricName(check.metric) : check.name),
    `${phraseOperator(check.operator)} ${markdownFigure(expected)}`,
    `${actual === null ? 'nothing' : markdownFigure(actual)}${interval === null ? '' : ` (${interval})`}`,
    markdownText(phraseCheckText(check.why), 240),
  ];
}

// Figures hold nothing that Markdown reads; texts may.
function markdownFigure(text: string): string {
  return /^[−\d.,]+$/.test(text) ? text : markdownText(text);
}
