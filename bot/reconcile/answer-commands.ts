import { decideCommand } from '../../pipelines/core/decisions/decide-command.ts';
import type { DecisionInput } from '../../pipelines/core/decisions/decision-input.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
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

/** The text for each command. `state` is the one after all decisions. */
export function replyTo(
  { command, comment, allowed }: PermittedCommand,
  definition: DecisionInput['definition'],
  state: ModelState,
): Reply {
  const text = allowed
    ? answer(command, comment.id, definition, state)
    : renderPermissionRefusal(verbOf(command), permissionFloor(command));
  return { comment: comment.id, number: comment.number, text };
}

/** What commands leave in the audit trail; looking is not recorded. */
export function commandDrafts(commands: readonly PermittedCommand[], state: ModelState, at: AuditDraft['at']): AuditDraft[] {
  return commands
    .filter(({ command, allowed, comment }) => (command.kind === 'retrain' || !allowed) && !state.obeyedCommands.includes(comment.id))
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

// A status is told with its own model's numbers; only `answer` needs four things, and they are four different ones.
function answer(command: Command, commentId: number, definition: DecisionInput['definition'], state: ModelState): string {
  switch (command.kind) {
    case 'status':
      return renderStatusComment(definition, state);
    case 'explain':
      return renderExplanation(state.decisions.find(({ id }) => id === command.decision) ?? null, command.decision);
    case 'unknown':
      return renderUnknownCommand(command.line, command.hint);
    case 'retrain': {
      const decision = decisionOf(state, commentId);
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
