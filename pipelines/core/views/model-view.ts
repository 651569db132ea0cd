import { openAfterOf } from '../decisions/incident-kinds.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { type DecisionView, decisionViews } from './decision-view.ts';
import { type DriftView, driftView } from './drift-view.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { type Health, judgeHealth } from './health.ts';
import { type IncidentView, incidentViews } from './incident-view.ts';
import { type LabelsView, labelsView } from './labels-view.ts';
import { partRows } from './part-rows.ts';
import { type PerformanceView, performanceView } from './performance-view.ts';
import { type QualityRow, qualityRows } from './quality-view.ts';
import { fileUrl } from './repository-links.ts';
import { type ServiceView, serviceView } from './service-view.ts';
import { championOf, type ModelSource, type SiteSource } from './site-source.ts';
import { nextStep, statusSentence } from './status-sentence.ts';
import { type ValueView, valueView } from './value-view.ts';
import { type VersionView, versionViews } from './version-view.ts';
import { type VolumeView, volumeView } from './volume-view.ts';

/** Everything that is shown about one model, computed once: page, comment and feed are made of it. */
export interface ModelView {
  readonly name: string;
  readonly objective: string;
  readonly owner: string;
  readonly stakeholders: readonly string[];
  readonly definition: ModelDefinition;
  readonly health: Health;
  readonly reasons: readonly string[];
  readonly sentence: string;
  readonly nextStep: string;
  readonly freshness: Freshness;
  readonly champion: string | null;
  readonly championSince: Instant | null;
  readonly performance: PerformanceView;
  readonly labels: LabelsView;
  readonly drift: DriftView;
  readonly quality: readonly QualityRow[];
  /** Slices and protected groups of the newest window. */
  readonly parts: readonly QualityRow[];
  readonly volume: VolumeView;
  readonly service: ServiceView;
  readonly value: ValueView;
  readonly incidents: readonly IncidentView[];
  readonly decisions: readonly DecisionView[];
  readonly versions: readonly VersionView[];
  readonly definitionUrl: string | null;
}

export function modelView(model: ModelSource, site: SiteSource): ModelView {
  const { definition } = model;
  const freshness = freshnessOf(model, site.builtAt);
  const { health, reasons } = judgeHealth(model, freshness);
  const performance = performanceView(model);
  const incidents = incidentViews(model, site);
  const decisions = decisionViews(model, site);
  const champion = championOf(model);
  return {
    name: definition.name,
    objective: definition.objective,
    owner: definition.owner,
    stakeholders: definition.stakeholders,
    definition,
    health,
    reasons,
    sentence: statusSentence({ health, reasons, performance, incidents, decisions }),
    nextStep: nextStep({ health, incidents, decisions, performance, openAfter: openAfterOf('realised-performance', definition) }),
    freshness,
    champion,
    championSince: model.state?.promotions.findLast((promotion) => promotion.version === champion)?.at ?? null,
    performance,
    labels: labelsView(model),
    drift: driftView(model),
    quality: qualityRows(model),
    parts: partRows(model),
    volume: volumeView(model),
    service: serviceView(model),
    value: valueView(model),
    incidents,
    decisions,
    versions: versionViews(model, site),
    definitionUrl: fileUrl(site.repositoryUrl, `models/${definition.name}/model.yml`),
  };
}
