import type { GateCheck, GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { phraseCheckFigures, phraseCheckText, phraseOperator } from '../../../pipelines/core/views/phrase-check.ts';
import { metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { codeSpan } from '../code-span.ts';
import { section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';

const WORDS: Readonly<Record<GateVerdict['verdict'], string>> = { pass: 'passed', fail: 'failed', 'needs-human': 'needs a person' };

/** The verdict with every check, failed ones first, and the evidence that it is bound to. */
export function gateSection(verdict: GateVerdict): string {
  const failed = verdict.checks.filter((check) => !check.passed);
  const ordered = [...failed, ...verdict.checks.filter((check) => check.passed)];
  return section(
    `Gate: ${WORDS[verdict.verdict]}, ${verdict.checks.length - failed.length} of ${verdict.checks.length} checks`,
    markdownText(verdict.summary, 400),
    table(
      [{ title: '' }, { title: 'check' }, { title: 'expected', align: 'right' }, { title: 'found', align: 'right' }, { title: 'why' }],
      ordered.map(rowOf),
    ),
    `<sub>Bound to evidence ${codeSpan(verdict.evidenceDigest.slice(0, 23))}: challenger, champion, data, rules and code. One byte more or less, and it no longer holds.</sub>`,
  );
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
