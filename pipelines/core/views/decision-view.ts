import { parseWaiting, phraseWaiting } from '../business/phrase-waiting.ts';
import { isReportOf } from '../evaluation/is-report-of.ts';
import type { Because, Decision } from '../schema/decision.ts';
import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { GateVerdict } from '../schema/gate-verdict.ts';
import type { Instant } from '../schema/instant.ts';
import { phrasePromisedChange } from '../schema/phrase-promised-change.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';
import { comparabilityWarnings } from './comparability-warnings.ts';
import { type ContenderRow, contenderTable } from './contender-table.ts';
import { type DecisionStep, decisionTrail, type Proposal, type Verification } from './decision-trail.ts';
import { OUTCOME_WORDS } from './incident-timeline.ts';
import { type AttributeTable, attributeTables, type SliceTable, sliceTable } from './part-table.ts';
import { metricName, phraseEstimate } from './phrase-metric.ts';
import { phraseMoney } from './phrase-number.ts';
import { pullRequestUrl } from './repository-links.ts';
import { type ModelSource, type SiteSource, versionSource } from './site-source.ts';

/** The evidence packet of one retraining pull request, or of a retraining that was not proposed. */
export interface DecisionView {
  /** Last part of the page's address; null when there is no page. */
  readonly slug: string | null;
  readonly model: string;
  readonly version: string | null;
  readonly champion: string | null;
  readonly pullRequest: number | null;
  readonly url: string | null;
  readonly at: Instant;
  readonly outcome: 'waiting' | 'promoted' | 'refused' | 'not finished' | 'not proposed';
  readonly recommendation: string;
  readonly because: readonly Because[];
  readonly alternatives: readonly string[];
  readonly spec: TrainingSpec | null;
  readonly evaluation: EvaluationReport | null;
  readonly table: readonly ContenderRow[];
  /** Where it errs; null where slices were not measured. */
  readonly slices: SliceTable | null;
  /** Protected groups, one table a column. */
  readonly groups: readonly AttributeTable[];
  readonly warnings: readonly string[];
  readonly verdict: GateVerdict | null;
  readonly money: readonly string[];
  readonly verification: {
    readonly outcome: string;
    readonly promised: string;
    readonly observed: string;
    readonly metric: string;
    /** Window by window, in a sentence; null without one. */
    readonly change: string | null;
    readonly at: Instant;
  } | null;
  readonly trail: readonly DecisionStep[];
  readonly undo: string;
}

const OUTCOMES: Readonly<Record<Proposal['outcome'], DecisionView['outcome']>> = {
  open: 'waiting',
  promoted: 'promoted',
  refused: 'refused',
  abandoned: 'not finished',
};

/** All decisions about retraining of a model, newest first. */
export function decisionViews(model: ModelSource, site: SiteSource): DecisionView[] {
  const { state } = model;
  if (state === null) return [];
  const proposed = state.proposals.map((proposal) => proposalView(proposal, model, site));
  const refused = state.decisions.flatMap((decision) => (decision.kind === 'refuse-retraining' ? [notProposedView(decision, model)] : []));
  return [...proposed, ...refused].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function proposalView(proposal: Proposal, model: ModelSource, site: SiteSource): DecisionView {
  const decision = model.state?.decisions.find(
    (candidate) => candidate.kind === 'request-retraining' && candidate.at === proposal.at && candidate.spec.version === proposal.version,
  );
  const request = decision?.kind === 'request-retraining' ? decision : null;
  const committed = versionSource(model, proposal.version);
  // A refused version's name is given again: only the folder that this very decision asked for is its evidence.
  const own = committed !== null && request !== null && committed.spec?.decision === request.id ? committed : null;
  const verdict =
    site.verdicts.find((candidate) => candidate.evidenceDigest === proposal.evidence && candidate.model === model.definition.name) ?? null;
  const evaluation = own?.evaluation ?? keptReport(verdict, site);
  const verification = verificationOf(proposal, model);
  const spec = request?.spec ?? own?.spec ?? null;
  return {
    slug: proposal.pullRequest === null ? null : String(proposal.pullRequest),
    model: model.definition.name,
    version: proposal.version,
    champion: spec?.champion ?? null,
    pullRequest: proposal.pullRequest,
    url: pullRequestUrl(site.repositoryUrl, proposal.pullRequest),
    at: proposal.at,
    outcome: OUTCOMES[proposal.outcome],
    recommendation: recommendationOf(proposal, verdict),
    because: request?.because ?? [],
    alternatives: request?.alternatives ?? [],
    spec,
    evaluation,
    table: evaluation === null ? [] : contenderTable(evaluation),
    slices: evaluation === null ? null : sliceTable(evaluation),
    groups: evaluation === null ? [] : attributeTables(evaluation),
    warnings: evaluation === null ? [] : comparabilityWarnings(evaluation, model.definition),
    verdict,
    money: moneySentences(proposal.at, request?.alternatives ?? [], model),
    verification: verification === null ? null : verificationWords(verification),
    trail: decisionTrail({ proposal, verdict, verification, model, site }),
    undo:
      spec?.champion == null
        ? 'There is no earlier version to go back to.'
        : `To undo: holdfast rollback ${model.definition.name} ${spec.champion} opens the pull request that names ${spec.champion} in deployment.yml again.`,
  };
}

/** The report of a version that was not promoted, as the state branch keeps it beside the verdict: only if it is about what was judged. */
function keptReport(verdict: GateVerdict | null, { evaluations }: SiteSource): EvaluationReport | null {
  const report = verdict === null ? undefined : evaluations[verdict.evidenceDigest];
  return verdict !== null && report !== undefined && isReportOf(report, verdict) ? report : null;
}

function notProposedView(decision: Extract<Decision, { kind: 'refuse-retraining' }>, model: ModelSource): DecisionView {
  return {
    slug: null,
    model: model.definition.name,
    version: null,
    champion: model.deployment?.production ?? null,
    pullRequest: null,
    url: null,
    at: decision.at,
    outcome: 'not proposed',
    recommendation: `${decision.reason} ${decision.remedy}`,
    because: decision.because,
    alternatives: [],
    spec: null,
    evaluation: null,
    table: [],
    slices: null,
    groups: [],
    warnings: [],
    verdict: null,
    money: [],
    verification: null,
    trail: [],
    undo: '',
  };
}

function recommendationOf(proposal: Proposal, verdict: GateVerdict | null): string {
  if (proposal.outcome === 'promoted') return `${proposal.version} was promoted${verdict === null ? '' : `: ${verdict.summary}`}`;
  if (proposal.outcome === 'refused')
    return `${proposal.version} was refused${verdict === null ? ': see the gate check on the pull request.' : `: ${verdict.summary}`}`;
  if (proposal.outcome === 'abandoned')
    return `${proposal.version} was not judged: ${proposal.abandoned?.problem ?? 'its runs could not be finished'}. No gate refused it.`;
  if (verdict === null) return `${proposal.version} waits for its evidence: the gate has not recorded a verdict yet.`;
  if (verdict.verdict === 'pass') return `Promote ${proposal.version}: the gate passed; one approval is needed.`;
  return verdict.verdict === 'fail'
    ? `Do not promote ${proposal.version}: the gate failed.`
    : `${proposal.version} needs a person's judgement: ${verdict.summary}`;
}

function verificationOf(proposal: Proposal, model: ModelSource): Verification | null {
  if (proposal.outcome !== 'promoted') return null;
  const decision = model.state?.decisions.findLast(
    (candidate) => candidate.kind === 'verify-promotion' && candidate.version === proposal.version,
  );
  return decision?.kind === 'verify-promotion' ? decision : null;
}

function verificationWords(verification: Verification): NonNullable<DecisionView['verification']> {
  return {
    outcome: OUTCOME_WORDS[verification.outcome],
    metric: metricName(verification.promised.metric),
    promised: phraseEstimate(verification.promised),
    observed: phraseEstimate(verification.observed),
    change: verification.change === undefined ? null : phrasePromisedChange(verification.change),
    at: verification.at,
  };
}

/** What the money looked like when the retraining was proposed. */
function moneySentences(at: Instant, alternatives: readonly string[], model: ModelSource): string[] {
  const { definition, state } = model;
  const currency = definition.businessValue?.currency ?? null;
  const report = state?.windows.findLast((summary) => summary.window.end <= at && summary.business !== null)?.business ?? null;
  const cost = `A retraining costs ${phraseMoney(definition.retraining.cost, currency, 0)} (model.yml).`;
  // Late labels change the windows of that time; what was decided on stays what it was.
  const told = parseWaiting(alternatives);
  if (told === null && report === null) return ['No measure of money was available when this was proposed.', cost];
  return [told ?? phraseWaiting(report), cost];
}
