import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { Instant } from '../schema/instant.ts';
import type { MetricEstimate } from '../schema/metric.ts';
import type { Window } from '../schema/window.ts';
import { type ContenderRow, contenderTable } from './contender-table.ts';
import { type CardSection, modelCard } from './model-card.ts';
import { type AttributeTable, attributeTables, type SliceTable, sliceTable } from './part-table.ts';
import { fileUrl, versionFolder } from './repository-links.ts';
import type { ModelSource, SiteSource, VersionSource } from './site-source.ts';

export interface ProvenanceRow {
  readonly what: string;
  readonly digest: string;
}

/** One version: what it is, what it promised, what it was made of. */
export interface VersionView {
  readonly model: string;
  readonly version: string;
  readonly parent: string | null;
  readonly role: 'champion' | 'fallback' | 'retired' | 'never deployed';
  readonly createdAt: Instant;
  readonly trainedUntil: Instant;
  readonly promotedAt: Instant | null;
  readonly mergedBy: string | null;
  readonly pullRequest: number | null;
  /** Page of the decision that brought it; null when there is none. */
  readonly decisionSlug: string | null;
  readonly promise: readonly MetricEstimate[];
  readonly promiseRange: Window | null;
  readonly evaluation: EvaluationReport | null;
  readonly table: readonly ContenderRow[];
  /** Where it errs; null where slices were not measured. */
  readonly slices: SliceTable | null;
  /** Protected groups, one table a column. */
  readonly groups: readonly AttributeTable[];
  readonly card: readonly CardSection[];
  readonly provenance: readonly ProvenanceRow[];
  readonly folderUrl: string | null;
}

/** The versions of a model, newest first. */
export function versionViews(model: ModelSource, site: SiteSource): VersionView[] {
  return model.versions.map((source) => versionView(source, model, site)).reverse();
}

function versionView(source: VersionSource, model: ModelSource, site: SiteSource): VersionView {
  const { version, parent, createdAt, trainedUntil } = source.version;
  const promotion = model.state?.promotions.findLast((candidate) => candidate.version === version) ?? null;
  const pullRequest = promotion?.pullRequest ?? null;
  return {
    model: model.definition.name,
    version,
    parent,
    role: roleOf(version, model),
    createdAt,
    trainedUntil,
    promotedAt: promotion?.at ?? null,
    mergedBy: promotion?.mergedBy ?? null,
    pullRequest,
    decisionSlug:
      model.state?.proposals.some((proposal) => proposal.pullRequest === pullRequest) === true && pullRequest !== null
        ? String(pullRequest)
        : null,
    promise: source.reference?.promise ?? [],
    promiseRange: source.reference?.range ?? null,
    evaluation: source.evaluation,
    table: source.evaluation === null ? [] : contenderTable(source.evaluation),
    slices: source.evaluation === null ? null : sliceTable(source.evaluation),
    groups: source.evaluation === null ? [] : attributeTables(source.evaluation),
    card: modelCard(model, source),
    provenance: provenanceOf(source),
    folderUrl: fileUrl(site.repositoryUrl, versionFolder(model.definition.name, version)),
  };
}

function roleOf(version: string, model: ModelSource): VersionView['role'] {
  if (model.deployment?.production === version) return 'champion';
  if (model.deployment?.fallback === version) return 'fallback';
  const served = model.state?.windows.some((summary) => summary.champion === version) === true;
  const promoted = model.state?.promotions.some((promotion) => promotion.version === version || promotion.previous === version) === true;
  return served || promoted ? 'retired' : 'never deployed';
}

function provenanceOf({ version, evaluation }: VersionSource): ProvenanceRow[] {
  const files = Object.entries(version.files).map(([file, digest]) => ({ what: file, digest }));
  const rows = [{ what: 'Artifact (model.json and weights.bin)', digest: version.artifactDigest }, ...files];
  if (evaluation === null) return rows;
  const trained = evaluation.challengers.find((challenger) => challenger.name === evaluation.selected)?.trainedOn;
  const data = [{ what: 'Held-out rows', digest: evaluation.heldOut.digest }];
  return [...rows, ...data, ...(trained == null ? [] : [{ what: 'Training rows', digest: trained.digest }])];
}
