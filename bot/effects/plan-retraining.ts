import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import type { ModelState, OpenRetraining } from '../../pipelines/core/schema/model-state.ts';
import { renderRetrainingPullRequest } from '../markdown/retraining-pull-request/render-retraining-pull-request.ts';
import type { RetrainingRequest, RetrainingStage, RetrainingTextFacts } from '../markdown/retraining-pull-request/retraining-text-facts.ts';
import { retrainingTitle } from '../markdown/retraining-pull-request/title.ts';
import type { GitHubEffect } from './github-effect.ts';
import type { RetrainingFacts } from './host-facts.ts';
import { fingerprintOf, parseMarker } from './marker.ts';
import type { PlanInput } from './plan-input.ts';
import { type RetrainingProgress, retrainingProgress } from './retraining-progress.ts';

const STAGES: Readonly<Record<RetrainingProgress['at'], RetrainingStage>> = {
  'to-open': 'training',
  training: 'training',
  'to-train-again': 'training',
  'to-judge': 'judging',
  judging: 'judging',
  passed: 'passed',
  'needs-human': 'needs-human',
  refused: 'failed',
  abandoned: 'abandoned',
  merged: 'passed',
  closed: 'failed',
};

/** The next step of the open retraining: open it, keep its text true, have it judged. The merge is a person's. */
export function planRetraining(input: PlanInput): GitHubEffect[] {
  const { retraining } = input.state;
  const request = retraining === null ? null : requestOf(input.state, retraining.decision);
  if (retraining === null || request === null) return [];
  const facts = input.facts.retraining ?? unopened(retraining);
  // The one before has not been told yet: its pull request is closed first.
  if (facts.version !== retraining.version) return [];
  const { at } = retrainingProgress(facts);
  if (at === 'merged' || at === 'closed' || at === 'refused' || at === 'abandoned') return [];
  // An interrupted run may have made all of it and told nobody: doing it again finds the numbers.
  const isUntold = retraining.pullRequest === null || (retraining.dispatchedRun === null && at === 'training');
  if (at === 'to-open' || isUntold) return [openRetraining(input, request, facts)];
  const next = at === 'to-judge' ? dispatchGate(facts, request) : at === 'to-train-again' ? dispatchTraining(facts, request) : [];
  return [...editPull(input, request, facts), ...next];
}

/** Key of the pull request of one retraining. */
export function retrainingKey(model: string, version: string): string {
  return `retraining/${model}/${version}`;
}

/** The request behind a retraining; null when the state forgot it. */
export function requestOf(state: ModelState, decision: string): RetrainingRequest | null {
  const found = state.decisions.find(({ id }) => id === decision);
  return found?.kind === 'request-retraining' ? found : null;
}

function openRetraining(input: PlanInput, request: RetrainingRequest, facts: RetrainingFacts): GitHubEffect {
  const { spec } = request;
  const text = pullText(input, request, facts);
  return {
    kind: 'open-retraining',
    key: retrainingKey(spec.model, spec.version),
    fingerprint: fingerprintOf(text),
    version: spec.version,
    branch: facts.branch,
    headline: `Specify the training of ${spec.model} ${spec.version}`,
    path: `models/${spec.model}/versions/${spec.version}/training-spec.json`,
    file: canonicalJson(spec),
    title: retrainingTitle({ request }),
    text,
    inputs: trainingInputs(facts, request),
    runTitle: `retrain ${spec.model} ${spec.version}`,
  };
}

// The head of the branch is known when the branch is.
function trainingInputs({ branch }: RetrainingFacts, { spec }: RetrainingRequest): Record<string, string> {
  return { model: spec.model, version: spec.version, branch, as_of: spec.asOf };
}

/** Brings title and body of the pull request up to what is known; nothing when they say so already. */
export function editPull(input: PlanInput, request: RetrainingRequest, facts: RetrainingFacts): GitHubEffect[] {
  if (facts.pull === null) return [];
  const text = pullText(input, request, facts);
  const title = retrainingTitle({ request });
  const marker = parseMarker(facts.pull.body, input.signing);
  if (marker?.fingerprint === fingerprintOf(text) && facts.pull.title === title) return [];
  const key = retrainingKey(request.model, request.spec.version);
  return [{ kind: 'edit-pull', key, fingerprint: fingerprintOf(`${title}\n${text}`), number: facts.pull.number, title, text }];
}

function dispatchGate(facts: RetrainingFacts, { spec }: RetrainingRequest): GitHubEffect[] {
  if (facts.headSha === null || facts.pull === null) return [];
  const inputs = { model: spec.model, pull_request: String(facts.pull.number), head_sha: facts.headSha };
  const key = `gate/${spec.model}/${facts.headSha}`;
  return [
    { kind: 'dispatch-gate', key, fingerprint: facts.headSha, version: spec.version, branch: facts.branch, headSha: facts.headSha, inputs },
  ];
}

function dispatchTraining(facts: RetrainingFacts, request: RetrainingRequest): GitHubEffect[] {
  if (facts.headSha === null) return [];
  const { model, version } = request.spec;
  const inputs = { ...trainingInputs(facts, request), head_sha: facts.headSha };
  const key = `train-again/${model}/${version}/${facts.trainingsFailed}`;
  return [{ kind: 'dispatch-training', key, fingerprint: facts.headSha, version, inputs }];
}

function pullText({ definition, state }: PlanInput, request: RetrainingRequest, facts: RetrainingFacts): string {
  const progress = retrainingProgress(facts);
  const judged = facts.verdict?.verdict == null ? { verdict: null, evaluation: null } : facts.verdict;
  const content: RetrainingTextFacts = {
    definition,
    request,
    stage: STAGES[progress.at],
    problem: progress.at === 'abandoned' ? progress.problem : null,
    failedRuns: facts.trained === null ? facts.trainingsFailed : facts.gatesFailed,
    // Money as it stood when the retraining was asked for: the text must not change with every later window.
    business: state.windows.findLast(({ business, window }) => business !== null && window.end <= request.at)?.business ?? null,
    issues: request.incidents.flatMap((incident) => state.issues[incident] ?? []),
    evaluation: judged.evaluation,
    verdict: judged.verdict,
    trainingUrl: facts.trainingRun?.url ?? null,
    gateUrl: facts.gateRun?.url ?? null,
  };
  return renderRetrainingPullRequest(content);
}

function unopened({ version, branch }: OpenRetraining): RetrainingFacts {
  const runs = { trainingRun: null, trainingsFailed: 0, gateRun: null, gatesFailed: 0 };
  return { version, branch, pull: null, headSha: null, trained: null, verdict: null, ...runs };
}
