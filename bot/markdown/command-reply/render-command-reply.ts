import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { phraseDay, phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { codeSpan } from '../code-span.ts';
import { bullets } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';

const COMMANDS = [
  '/holdfast status',
  '/holdfast retrain',
  '/holdfast acknowledge',
  '/holdfast snooze <7d>',
  '/holdfast explain <decision>',
];

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

/** The answer to `/holdfast acknowledge` and `/holdfast snooze`. `incident`: the one of the issue, as it stands now; null: there is none that goes on. */
export function renderNoteReply(kind: 'acknowledge' | 'snooze', incident: Incident | null): string {
  if (incident === null) {
    return `No incident that goes on belongs to this page: comment ${codeSpan(`/holdfast ${kind}`)} on the issue of an open one.`;
  }
  if (kind === 'snooze') {
    return `Snoozed until ${phraseDay(incident.snoozedUntil ?? incident.updatedAt)}: this issue is left alone until then, whatever happens, and goes on by itself. The dashboard shows it as ever.`;
  }
  const by = incident.acknowledged?.by;
  return `Noted${by === undefined ? '' : ` for ${markdownText(by, 60)}`}: no more comments here until the severity rises. The text of the issue is kept up to date, and it closes by itself.`;
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
