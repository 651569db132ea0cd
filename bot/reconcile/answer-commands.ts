import { applyDecision } from '../../pipelines/core/decisions/apply-decision.ts';
import { decideCommand } from '../../pipelines/core/decisions/decide-command.ts';
import type { DecisionInput } from '../../pipelines/core/decisions/decision-input.ts';
import { incidentOfIssue, noteIncident } from '../../pipelines/core/decisions/note-incident.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { chooseCommands, type GivenCommand } from '../commands/choose-commands.ts';
import type { Command } from '../commands/command.ts';
import { permissionFloor, reaches } from '../commands/permission-floor.ts';
import type { AuditDraft } from '../effects/audit-chain.ts';
import type { CodeHost } from '../effects/code-host.ts';
import { intentKey } from '../effects/intents.ts';
import type { Reply } from '../effects/plan-input.ts';
import {
  renderExplanation,
  renderNoteReply,
  renderPermissionRefusal,
  renderRetrainReply,
  renderUnknownCommand,
} from '../markdown/command-reply/render-command-reply.ts';
import { renderStatusComment } from '../markdown/status-comment/render-status-comment.ts';

/** Comments that one run answers at most; the rest waits for the next. */
const ANSWERS = 5;

export interface PermittedCommand extends GivenCommand {
  /** false: the role of the author is too weak. */
  readonly allowed: boolean;
}

export interface CommandReaders {
  /** The model that asks. */
  readonly state: ModelState;
  /** Every model of the repository that has a state, this one among them or not. */
  readonly states: readonly ModelState[];
  /** Every model of the repository, sorted. */
  readonly models: readonly string[];
}

/** The commands that wait for this model's answer, with the author's role as it is now. */
export async function readCommands(host: CodeHost, { state, states, models }: CommandReaders): Promise<PermittedCommand[]> {
  const comments = await host.newestComments();
  const ownNumbers = new Set(numbersOf(state));
  const knownNumbers = new Set([...ownNumbers, ...states.flatMap(numbersOf)]);
  const unanswered = state.obeyedCommands.filter((id) => state.pending[intentKey.command(id)] === undefined);
  const given = chooseCommands(comments, { model: state.model, models, ownNumbers, knownNumbers, obeyed: unanswered });
  const permitted: PermittedCommand[] = [];
  for (const one of given.slice(0, ANSWERS)) {
    const role = await host.role(one.comment.author);
    permitted.push({ ...one, allowed: reaches(role, permissionFloor(one.command)) });
  }
  return permitted;
}

/** Decisions that commands lead to, each once: a command that was decided before is not decided again. */
export function decideCommands(commands: readonly PermittedCommand[], input: DecisionInput): Decision[] {
  const decisions: Decision[] = [];
  for (const { command, comment, allowed } of commands) {
    if (command.kind !== 'retrain' || !allowed || decisionOf(input.state, comment.id) !== null) continue;
    decisions.push(...decideCommand(input, { commentId: comment.id, login: comment.author }));
  }
  return decisions.slice(0, 1);
}

/** What commands say of incidents, each taken down once, in order: a later one sees what the earlier ones left. `state` is the one after all other decisions. */
export function noteIncidents(commands: readonly PermittedCommand[], state: ModelState, at: AuditDraft['at']): Decision[] {
  const decisions: Decision[] = [];
  let standing = state;
  for (const { command, comment, allowed } of commands) {
    if (!allowed || (command.kind !== 'acknowledge' && command.kind !== 'snooze') || state.obeyedCommands.includes(comment.id)) continue;
    const note = command.kind === 'snooze' ? { kind: command.kind, until: addSeconds(at, command.seconds) } : { kind: command.kind };
    const made = noteIncident(standing, { commentId: comment.id, login: comment.author, issue: comment.number, note }, at);
    standing = made.reduce((reduced, decision) => applyDecision(reduced, decision, null), standing);
    decisions.push(...made);
  }
  return decisions;
}

/** The text for each command. `state` is the one after all decisions. */
export function replyTo(
  { command, comment, allowed }: PermittedCommand,
  definition: DecisionInput['definition'],
  state: ModelState,
): Reply {
  const text = allowed
    ? answer(command, comment, { definition, state })
    : renderPermissionRefusal(verbOf(command), permissionFloor(command));
  return { comment: comment.id, number: comment.number, text };
}

/** Commands that change something. */
const OBEYED: ReadonlySet<Command['kind']> = new Set(['retrain', 'acknowledge', 'snooze']);

/** What commands leave in the audit trail; looking is not recorded. */
export function commandDrafts(commands: readonly PermittedCommand[], state: ModelState, at: AuditDraft['at']): AuditDraft[] {
  return commands
    .filter(({ command, allowed, comment }) => (OBEYED.has(command.kind) || !allowed) && !state.obeyedCommands.includes(comment.id))
    .map(({ command, comment, allowed }) => ({
      at,
      model: state.model,
      actor: comment.author,
      action: allowed ? 'command-obeyed' : 'command-refused',
      target: `issue ${comment.number}`,
      cause: `comment ${comment.id}`,
      because: [allowed ? verbOf(command) : `${verbOf(command)} needs the role ${permissionFloor(command)}`],
      evidence: null,
    }));
}

function answer(
  command: Command,
  comment: PermittedCommand['comment'],
  { definition, state }: { readonly definition: DecisionInput['definition']; readonly state: ModelState },
): string {
  switch (command.kind) {
    case 'status':
      return renderStatusComment(definition, state);
    case 'acknowledge':
    case 'snooze':
      return renderNoteReply(command.kind, incidentOfIssue(state, comment.number));
    case 'explain':
      return renderExplanation(state.decisions.find(({ id }) => id === command.decision) ?? null, command.decision);
    case 'unknown':
      return renderUnknownCommand(command.line, command.hint);
    case 'retrain': {
      const decision = decisionOf(state, comment.id);
      return decision === null ? 'Another command was decided first; please ask again.' : renderRetrainReply(decision);
    }
  }
}

function decisionOf(state: ModelState, commentId: number): Decision | null {
  return state.decisions.find(({ because }) => because.some(({ kind, ref }) => kind === 'command' && ref === String(commentId))) ?? null;
}

function verbOf(command: Command): string {
  return command.kind === 'unknown' ? command.line : `/holdfast ${command.kind}`;
}

function numbersOf(state: ModelState): number[] {
  const pulls = [...state.proposals, ...state.promotions].flatMap(({ pullRequest }) => pullRequest ?? []);
  return [...Object.values(state.issues), ...pulls];
}
