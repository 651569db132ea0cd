import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import { phraseDay, phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { codeSpan } from '../code-span.ts';
import { bullets } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';

const COMMANDS = ['/holdfast status', '/holdfast retrain', '/holdfast explain <decision>'];

/** The answer to `/holdfast retrain`: what was decided, and why. */
export function renderRetrainReply(decision: Decision): string {
  if (decision.kind === 'request-retraining') {
    return `Done: ${decision.spec.version} is being trained (decision ${codeSpan(decision.id)}). The pull request follows, and the gate judges it like any other.`;
  }
  if (decision.kind === 'refuse-retraining') {
    return `Sorry, not now: ${markdownText(decision.reason, 400)}\n\n${markdownText(decision.remedy, 400)}`;
  }
  return `Decision ${codeSpan(decision.id)}: ${decision.kind}.`;
}

/** The answer to `/holdfast explain <id>`: the chain from a decision to the rows. */
export function renderExplanation(decision: Decision | null, id: string): string {
  if (decision === null)
    return `I hold no decision ${codeSpan(id, 40)}. Ids stand at the foot of issues and pull requests; the newest 200 are kept.`;
  const links = decision.because.map((because) => {
    const rows = because.window === null ? '' : ` (${phraseWindow(because.window)})`;
    return `${because.kind} ${codeSpan(because.ref)}: ${markdownText(because.text, 300)}${rows}`;
  });
  return `**${decision.kind}** on ${phraseDay(decision.at)}, because:\n\n${bullets(links)}`;
}

/** A polite no to someone whose role does not allow a command. */
export function renderPermissionRefusal(command: string, required: string): string {
  return `Thank you, but ${codeSpan(command, 60)} needs the role *${required}* in this repository. Someone who has it can comment the same line.`;
}

/** The answer to a line that starts like a command and is none. */
export function renderUnknownCommand(line: string, hint: string | null): string {
  const help = `I know ${COMMANDS.map((command) => codeSpan(command)).join(', ')}.`;
  return [`I did not understand ${codeSpan(line, 80)}.`, ...(hint === null ? [] : [hint]), help].join(' ');
}
