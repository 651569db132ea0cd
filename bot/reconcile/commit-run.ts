import { canonicalLine } from '../../pipelines/core/digest/canonical-json.ts';
import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import type { StateIndex } from '../../pipelines/core/schema/model-state.ts';
import { phraseQuantity } from '../../pipelines/core/schema/phrase-number.ts';
import type { StateChange, StateSnapshot } from '../../pipelines/ports/state-store.ts';
import { chainEvents } from '../effects/audit-chain.ts';
import type { EffectOutcome } from './effect-outcome.ts';
import { foldOutcome } from './fold-outcome.ts';
import { renewLease } from './lease.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { ReconcileInput } from './reconcile-input.ts';
import { stateOf } from './state-of.ts';

const ATTEMPTS = 5;
/** A quiet model says that it was looked at this often, and not at every run: each time is a commit. */
const HEARTBEAT_SECONDS = 6 * 3600;

/** Writes conclusions and intents before anything is done. null when the branch had moved: read and decide again. */
export async function commitPrepared(snapshot: StateSnapshot, prepared: PreparedRun, input: ReconcileInput): Promise<StateSnapshot | null> {
  const { model, clock, shell } = input;
  const isChanged = canonicalLine(stateOf(snapshot, model)) !== canonicalLine(prepared.state);
  const lease = renewLease(snapshot.index.lease, { holder: shell.holder, wall: clock.wall(), seconds: shell.leaseSeconds });
  const heartbeat = heartbeatOf(snapshot.index, prepared, isChanged);
  const index: StateIndex = { ...snapshot.index, lease, heartbeat };
  const isIndexChanged = canonicalLine(index) !== canonicalLine(snapshot.index);
  if (!isChanged && !isIndexChanged && prepared.drafts.length === 0) return snapshot;
  const change: StateChange = {
    message: messageOf(prepared, model),
    ...(isIndexChanged ? { index } : {}),
    ...(isChanged ? { models: { [model]: prepared.state } } : {}),
    events: chainEvents(snapshot.lastEvent, prepared.drafts),
    ...prepared.settled,
  };
  return input.state.commit(snapshot, change);
}

/** Writes what came of the effects; on a race it is folded into what the other run wrote. Throws an OutsideError (STATE_CONTENDED). */
export async function commitOutcomes(committed: StateSnapshot, outcomes: readonly EffectOutcome[], input: ReconcileInput): Promise<void> {
  let snapshot = committed;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = stateOf(snapshot, input.model);
    const after = outcomes.reduce(foldOutcome, before);
    if (canonicalLine(before) === canonicalLine(after)) return;
    const change = { message: `Record what was done for ${input.model}`, models: { [input.model]: after } };
    if ((await input.state.commit(snapshot, change)) !== null) return;
    snapshot = await input.state.read();
  }
  throw new OutsideError({
    code: 'STATE_CONTENDED',
    message: `the state branch moved ${ATTEMPTS} times while the outcome of a run was being written`,
    hint: 'nothing is lost: the next run finds what was done',
    retryable: true,
  });
}

function heartbeatOf({ heartbeat }: StateIndex, { report, asOf }: PreparedRun, isChanged: boolean): Instant | null {
  if (report === null) return heartbeat;
  const isDue = heartbeat === null || addSeconds(heartbeat, HEARTBEAT_SECONDS) <= asOf;
  return isChanged || isDue ? asOf : heartbeat;
}

function messageOf({ decisions, report }: PreparedRun, model: string): string {
  const told = decisions.filter(({ kind }) => kind !== 'update-incident').map(({ kind }) => kind);
  const windows = report === null ? '' : `, ${phraseQuantity(report.windows.length, 'window')}`;
  return `Reconcile ${model}${windows}${told.length === 0 ? '' : `: ${[...new Set(told)].join(', ')}`}`;
}
