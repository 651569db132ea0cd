import { Deployment } from '../../../pipelines/core/schema/deployment.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { ModelVersion } from '../../../pipelines/core/schema/model-version.ts';
import { type ModelView, modelView } from '../../../pipelines/core/views/model-view.ts';
import type { ModelSource, SiteSource, VersionSource } from '../../../pipelines/core/views/site-source.ts';
import { fixtureFiles } from '../../dashboard/fixture.ts';
import { estimate } from '../../dashboard/fixture-signals.ts';
import { auditEvents, NOW, parcelState, staleState, V1, V2, V3 } from '../../dashboard/fixture-state.ts';
import { evaluationReport, type FixtureVersion, gateVerdict, trainingSpec, versionFiles } from '../../dashboard/fixture-version.ts';

export function definitionOf(name: string): ModelDefinition {
  return ModelDefinition.parse(JSON.parse(fixtureFiles()[`models/${name}/model.yml`] ?? ''));
}

export function versionOf(facts: FixtureVersion): VersionSource {
  const version = ModelVersion.parse(JSON.parse(versionFiles(facts)['version.json'] ?? ''));
  return {
    version,
    spec: trainingSpec(facts),
    evaluation: evaluationReport(facts),
    reference: { range: facts.heldOut, promise: [estimate('rocAuc', facts.auc)] },
  };
}

export const parcel: ModelSource = {
  definition: definitionOf('parcel-late'),
  deployment: Deployment.parse({ schemaVersion: 1, model: 'parcel-late', production: 'v2', fallback: 'v1' }),
  state: parcelState(),
  versions: [versionOf(V1), versionOf(V2)],
};
export const stale: ModelSource = {
  definition: definitionOf('quote-accepted'),
  deployment: { schemaVersion: 1, model: 'quote-accepted', production: 'v1', fallback: null },
  state: staleState('quote-accepted'),
  versions: [],
};
export const never: ModelSource = { definition: definitionOf('upsell'), deployment: null, state: null, versions: [] };
export const site: SiteSource = {
  models: [never, stale, parcel],
  verdicts: [gateVerdict(V2, 'pass'), gateVerdict(V3, 'fail')],
  evaluations: {},
  events: auditEvents(),
  repositoryUrl: 'https://github.example/acme/models',
  builtAt: NOW,
  clock: 'wall',
};

export function view(): ModelView {
  return modelView(parcel, site);
}
