import type { ModelView } from '../../../../../../pipelines/core/views/model-view.ts';
import { jsonResponse } from '../../../../site/json-response.ts';
import { modelSummary } from '../../../../site/model-summary.ts';
import { sitePortfolio } from '../../../../site/site.ts';

export function getStaticPaths() {
  return sitePortfolio().models.map((model) => ({ params: { model: model.name }, props: { model } }));
}

export function GET({ props }: { props: { model: ModelView } }): Response {
  const { model } = props;
  const { objective, owner, stakeholders, performance, drift, volume, value, incidents, decisions, versions } = model;
  const decided = decisions.map(({ slug, version, at, outcome, recommendation }) => ({ slug, version, at, outcome, recommendation }));
  const listed = versions.map(({ version, role, trainedUntil, promotedAt, promise }) => ({
    version,
    role,
    trainedUntil,
    promotedAt,
    promise,
  }));
  const full = { ...modelSummary(model), objective, owner, stakeholders, performance, drift, volume, value };
  return jsonResponse({ schemaVersion: 1, ...full, incidents, decisions: decided, versions: listed });
}
