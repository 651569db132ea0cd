import { parseWaiting, phraseWaiting } from '../../../pipelines/core/business/phrase-waiting.ts';
import { phraseMoney } from '../../../pipelines/core/views/phrase-number.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';

/** What waiting costs, what retraining costs, and what else could be done. */
export function costs({ definition, business, request }: RetrainingTextFacts): string {
  const currency = definition.businessValue?.currency ?? null;
  const retraining = `A retraining costs ${phraseMoney(definition.retraining.cost, currency, 0)} by model.yml`;
  // What waiting costs has a line of its own, in the words of this page.
  const others = request.alternatives.filter((alternative) => !alternative.startsWith('Wait'));
  const alternatives = others.map((alternative) => markdownText(alternative, 300));
  return section(
    'Cost, and alternatives',
    bullets([markdownText(parseWaiting(request.alternatives) ?? phraseWaiting(business), 300), `${retraining}.`, ...alternatives]),
    assumption(definition),
  );
}

function assumption({ businessValue }: RetrainingTextFacts['definition']): string {
  if (businessValue === undefined) return '';
  return `<sub>Money by the value table of model.yml: ${markdownText(businessValue.assumption, 160)}, ${businessValue.assumedOn}, ${markdownText(businessValue.owner)}.</sub>`;
}
