import { codeSpan } from '../code-span.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';

/** Where the work runs, what changes, and where the reasoning is. */
export function retrainingControls({ request, trainingUrl, gateUrl }: RetrainingTextFacts): string {
  const { model, version } = request.spec;
  const runs = [trainingUrl === null ? '' : `[training](${trainingUrl})`, gateUrl === null ? '' : `[gate](${gateUrl})`].filter(
    (link) => link !== '',
  );
  const links = runs.length === 0 ? '' : ` · runs: ${runs.join(', ')}`;
  return `---\n\nChanges ${codeSpan(`models/${model}/versions/${version}/`)} and ${codeSpan(`models/${model}/deployment.yml`)} · decision ${codeSpan(request.id)} (${codeSpan(`/holdfast explain ${request.id}`)})${links}`;
}
