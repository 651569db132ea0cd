import { comparabilityWarnings } from '../../../pipelines/core/views/comparability-warnings.ts';
import { codeSpan } from '../code-span.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';

/** What could go wrong, and the way back. */
export function riskAndUndo({ definition, evaluation, request }: RetrainingTextFacts): string {
  const { model, champion } = request.spec;
  const warnings = evaluation === null ? [] : comparabilityWarnings(evaluation, definition).map((warning) => markdownText(warning, 300));
  const watch = `After the merge, ${definition.rollout.verifyWindows} labelled windows are compared with the promise; the result is commented here.`;
  const undo =
    champion === null
      ? 'Undo: there is no earlier version to go back to.'
      : `Undo: ${codeSpan(`holdfast rollback ${model} ${champion}`)} opens the pull request that puts ${champion} back. ${champion} stays in the repository.`;
  return section('What could go wrong, and how to undo', bullets([...warnings, watch, undo]));
}
