import { weighRemedy } from '../../../pipelines/core/decisions/weigh-remedy.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import { phrasePromisedChange } from '../../../pipelines/core/schema/phrase-promised-change.ts';
import { metricDigits, metricName, phraseEstimate } from '../../../pipelines/core/views/phrase-metric.ts';
import { phraseChange } from '../../../pipelines/core/views/phrase-number.ts';
import { codeSpan } from '../code-span.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';
import { previousVersionSection } from './previous-version-section.ts';

type Verification = Extract<Decision, { kind: 'verify-promotion' }>;

const HEADLINES: Readonly<Record<Verification['outcome'], string>> = {
  kept: '✓ **The promise is kept.**',
  broken: '✕ **The promise is broken.**',
  'insufficient-data': '⏳ **The promise cannot be judged yet.**',
};

/** Promised against observed, on the pull request that promised it. */
export function renderVerificationComment(decision: Verification, model: string, previous: string | null): string {
  const { promised, observed, outcome, version } = decision;
  const difference =
    promised.value === null || observed.value === null
      ? '–'
      : phraseChange(observed.value - promised.value, metricDigits(promised.metric, promised.value));
  const rows = [[metricName(promised.metric), phraseEstimate(promised), phraseEstimate(observed), difference]];
  return [
    `${HEADLINES[outcome]} ${version}, after the merge:`,
    table(
      [
        { title: '' },
        { title: 'promised', align: 'right' },
        { title: 'observed', align: 'right' },
        { title: 'difference', align: 'right' },
      ],
      rows,
    ),
    ...(decision.change === undefined ? [] : [phrasePromisedChange(decision.change)]),
    ...previousVersionSection(version, decision.comparison),
    ...decision.because.filter(({ kind }) => kind === 'policy').map(({ text }) => `<sub>${markdownText(text, 200)}</sub>`),
    nextStep(decision, model, previous),
  ].join('\n\n');
}

function nextStep({ version, outcome, comparison }: Verification, model: string, previous: string | null): string {
  if (outcome === 'insufficient-data') return 'The comparison waits for more labelled windows.';
  if (outcome === 'kept') return 'Kept means: not disproved within the tolerated drop, on the rows observed so far.';
  if (previous === null) return 'The incident is open again.';
  const way = codeSpan(`holdfast rollback ${model} ${previous}`);
  return weighRemedy({ version, previous }, outcome, comparison).rollbackTo === previous
    ? `The incident is open again. The way back is proposed in a pull request of its own; by hand: ${way}.`
    : `The incident is open again. Going back to ${previous} is not proposed; a person may still do it: ${way}.`;
}
