import type { VersionView } from '../../../../../../../../pipelines/core/views/version-view.ts';
import { jsonResponse } from '../../../../../../site/json-response.ts';
import { sitePortfolio } from '../../../../../../site/site.ts';

export function getStaticPaths() {
  return sitePortfolio().models.flatMap((model) =>
    model.versions.map((version) => ({ params: { model: model.name, version: version.version }, props: { version } })),
  );
}

export function GET({ props }: { props: { version: VersionView } }): Response {
  return jsonResponse({ schemaVersion: 1, ...props.version });
}
