import { isOfInputs } from '../../../pipelines/core/decisions/incident-groups.ts';
import { blocksRetraining } from '../../../pipelines/core/decisions/incident-kinds.ts';
import { whomToAsk } from '../../../pipelines/core/decisions/whom-to-ask.ts';
import { type Incident, membersOf } from '../../../pipelines/core/schema/incident.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseQuantity } from '../../../pipelines/core/views/phrase-number.ts';
import { codeSpan } from '../code-span.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { phraseRetraining } from './phrase-retraining.ts';

/** What the bot does about it, and what the reader should do. */
export function whatIsDone(facts: IncidentFacts): string {
  const closing = `Closes by itself after ${phraseQuantity(facts.definition.monitoring.incident.closeAfter, 'healthy window')} in a row; now ${facts.incident.healthyWindows}.`;
  return section(
    'What is being done, and what should I do?',
    bullets([...ended(facts), doing(facts), yourMove(facts), closing].filter((line) => line !== '')),
  );
}

/** Retrainings for it that came to nothing: told until one is promoted, because they are why it still goes on. */
function ended({ retrainings }: IncidentFacts): string[] {
  return retrainings.filter(({ outcome }) => outcome !== 'open').map(phraseRetraining);
}

function doing(facts: IncidentFacts): string {
  const { incident, retraining, refusal } = facts;
  if (incident.status === 'verifying') return 'A new version serves; its promise is being compared with what is observed.';
  if (retraining !== null) {
    const where = retraining.pullRequest === null ? `branch ${retraining.branch}` : `#${retraining.pullRequest}`;
    return `Retraining ${retraining.version} is under way: ${where}.`;
  }
  if (refusal !== null) return `No retraining (${phraseDay(refusal.at)}): ${markdownText(refusal.reason, 300)}`;
  if (HARM.has(incident.kind)) return waiting(facts);
  if (incident.kind === 'estimated-performance') return estimated(facts);
  return isOfInputs(incident, facts.definition)
    ? 'Watching. Drift alone never retrains: a retraining waits for measured harm.'
    : blocksRetraining(incident, facts.definition)
      ? 'Watching. While the data is broken, nothing is retrained on it.'
      : 'Watching.';
}

// Nothing is open and no reason was given yet: what the policy waits for.
function waiting({ incident, coolingUntil }: IncidentFacts): string {
  if (coolingUntil !== null)
    return `No retraining is proposed before ${phraseDay(coolingUntil)} (cooldown), and after that only while the newest window is bad.`;
  if (incident.healthyWindows > 0) return 'Recovering: no retraining is proposed while the newest window is healthy.';
  return 'A retraining is proposed as soon as the policy allows it.';
}

function estimated({ estimates }: IncidentFacts): string {
  return estimates.criesWolf
    ? 'Watching. Earlier estimates of this model made up harm, so this one asks for nothing: labels decide.'
    : 'Watching. An estimate asks for a retraining only while too few labels are in to measure the newest window; labels decide.';
}

function yourMove({ incident, retraining, refusal, retrainings, definition }: IncidentFacts): string {
  const ask = sourcesOf(incident, definition);
  if (retraining !== null)
    return retraining.pullRequest === null
      ? 'Nothing: the pull request is being opened.'
      : `Review #${retraining.pullRequest} when its gate is green.`;
  const last = retrainings.at(-1)?.outcome ?? null;
  if (last === 'abandoned' && refusal === null)
    return `Open its run, repair what stopped it, then comment ${codeSpan('/holdfast retrain')}.`;
  if (last === 'refused' && refusal === null)
    return `Look at the features that drifted; ${codeSpan('/holdfast retrain')} asks for another retraining now.`;
  if (HARM.has(incident.kind))
    return refusal === null ? 'Nothing: this issue is edited as things happen, and closed on recovery.' : markdownText(refusal.remedy, 400);
  if (incident.kind === 'estimated-performance')
    return `Look at what else moved in these windows (drift, missing values): a changed input is the usual reason. Label a sample of these rows if ${definition.labels.delay} is too long to wait; ${codeSpan('/holdfast retrain')} asks for a retraining now.`;
  if (isOfInputs(incident, definition))
    return `Ask ${ask} whether the change is meant to last. If it is known, ${codeSpan('/holdfast acknowledge')} takes note of it.`;
  return `Ask ${ask} to repair it.`;
}

/** Whom to ask: every source of what is bad, with its columns; the owner for columns of which none is stated, and where nothing else is known. */
function sourcesOf(incident: Incident, definition: IncidentFacts['definition']): string {
  const bad = membersOf(incident).flatMap(({ subject, status }) => (status === 'bad' ? [subject] : []));
  const { sources, unsourced } = whomToAsk(definition, bad);
  const namesOf = (names: readonly string[]) => names.map((name) => markdownText(name)).join(', ');
  const named = sources.map(({ source, columns }) => `${markdownText(source)} (the source of ${namesOf(columns)})`);
  const owner = markdownText(definition.owner);
  if (unsourced.length > 0) named.push(`${owner} (model.yml names no source of ${namesOf(unsourced)})`);
  else if (named.length === 0) named.push(owner);
  return named.join(' and ');
}

const HARM: ReadonlySet<Incident['kind']> = new Set(['realised-performance', 'business-value']);
