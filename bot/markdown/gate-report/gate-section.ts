import type { GateCheck, GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { phraseCheckText, phraseOperator } from '../../../pipelines/core/views/phrase-check.ts';
import { metricDigits, metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../../../pipelines/core/views/phrase-number.ts';
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
  const digits = metricDigits(check.metric);
  const interval = check.interval === null ? '' : ` (${phraseInterval(check.interval, digits)})`;
  return [
    check.passed ? '✓' : '✕',
    markdownText(check.name === check.metric ? metricName(check.metric) : check.name),
    `${phraseOperator(check.operator)} ${value(check.expected, digits)}`,
    `${check.actual === null ? 'nothing' : value(check.actual, digits)}${interval}`,
    markdownText(phraseCheckText(check.why), 240),
  ];
}

function value(measured: number | string, digits: number): string {
  if (typeof measured === 'string') return markdownText(phraseCheckText(measured));
  return phraseNumber(measured, Number.isInteger(measured) ? 0 : digits);
}
