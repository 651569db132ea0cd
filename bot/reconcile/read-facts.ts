import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import type { CodeHost, HostIssue, HostRepository } from '../effects/code-host.ts';
import type { HostFacts } from '../effects/host-facts.ts';
import { intentKey } from '../effects/intents.ts';
import { isOwn, type Signing } from '../effects/marker.ts';
import { INCIDENT_LABEL } from '../effects/plan-incidents.ts';
import { readRetraining, retrainingQuestion } from './read-retraining.ts';
import { readVerdicts } from './read-verdicts.ts';

export interface FactSources {
  readonly host: CodeHost;
  readonly openRepository: (sha: string) => ModelRepository;
  readonly repository: HostRepository;
  readonly signing: Signing;
  /** Text of a verdict on the state branch. */
  readonly verdict: (name: string) => Promise<string | null>;
}

/** The actual state of one model on the code host. A failed read throws: it is not an empty answer. */
export async function readFacts(state: ModelState, sources: FactSources): Promise<HostFacts> {
  const { host, repository } = sources;
  const question = retrainingQuestion(state);
  const trustedAuthors = repository.trustedAuthors;
  const retraining =
    question === null
      ? null
      : await readRetraining(question, { host, openRepository: sources.openRepository, signing: sources.signing, trustedAuthors });
  const kept = await readVerdicts(state, sources.verdict);
  // One that ends in this very run is not on the state branch yet.
  const judged = retraining?.verdict?.verdict ?? null;
  const verdicts = judged === null ? kept : new Map([...kept, [judged.evidenceDigest, judged] as const]);
  return { repository, issues: await readIssues(state, sources), retraining, verdicts };
}

async function readIssues(state: ModelState, { host, repository, signing }: FactSources): Promise<ReadonlyMap<number, HostIssue>> {
  const wanted = state.incidents.filter(({ id, status }) => status !== 'resolved' && status !== 'muted' && state.issues[id] !== undefined);
  const found = new Map<number, HostIssue>();
  if (wanted.length === 0) return found;
  const open = new Map((await host.openIssues(INCIDENT_LABEL)).map((issue) => [issue.number, issue]));
  for (const { id } of wanted) {
    const number = state.issues[id];
    if (number === undefined) continue;
    const issue = open.get(number) ?? (await host.issue(number));
    const expected = { key: intentKey.incident(id), trustedAuthors: repository.trustedAuthors };
    if (issue !== null && isOwn(issue, expected, signing)) found.set(number, issue);
  }
  return found;
}

/** The state without issues that are gone or that no longer carry the bot's marker: they are made again. */
export function withoutLostIssues(state: ModelState, facts: HostFacts): ModelState {
  const lost = state.incidents.filter(({ id, status }) => {
    const number = state.issues[id];
    return status !== 'resolved' && status !== 'muted' && number !== undefined && !facts.issues.has(number);
  });
  if (lost.length === 0) return state;
  const ids = new Set(lost.map(({ id }) => id));
  return { ...state, issues: Object.fromEntries(Object.entries(state.issues).filter(([id]) => !ids.has(id))) };
}
