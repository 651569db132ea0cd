import type { DecisionView } from '../../../../../../pipelines/core/views/decision-view.ts';
import { jsonResponse } from '../../../../site/json-response.ts';
import { sitePortfolio } from '../../../../site/site.ts';

export function getStaticPaths() {
  const decisions = sitePortfolio().models.flatMap((model) => model.decisions);
  return decisions.flatMap((decision) => (decision.slug === null ? [] : [{ params: { pr: decision.slug }, props: { decision } }]));
}

export function GET({ props }: { props: { decision: DecisionView } }): Response {
  return jsonResponse({ schemaVersion: 1, ...props.decision });
}
