import { durationOf } from '../../schema/duration.ts';
import type { WrittenModelDefinition } from '../../schema/model-definition.ts';
import { phraseQuantity } from '../../schema/phrase-number.ts';
import { linearQuantile } from '../../statistics/distances/linear-quantile.ts';
import type { GuessedTask } from './guess-task.ts';
import { type LearntFromOldest, learnFromOldest } from './learn-from-oldest.ts';
import { type LogLook, lookAtLog } from './look-at-log.ts';
import type { ProposalRequest } from './proposal-request.ts';
import { type ProposedPolicies, proposePolicies, usualMetric } from './propose-policies.ts';
import type { ReadLabels } from './read-labels.ts';
import { phraseLength } from './round-figures.ts';

/** A first definition, with the reason of each key by its path (`monitoring.window`, `columns.3`), and what a person has to look at. */
export interface Proposal {
  readonly definition: WrittenModelDefinition;
  readonly why: Readonly<Record<string, string>>;
  /** One line each: columns that a person has to decide about. */
  readonly questions: readonly string[];
  /** Length of a window, of the first training range and of the held-out range, in seconds. */
  readonly lengths: { readonly window: number; readonly recent: number; readonly heldOut: number };
}

/** Begins what only a person can write; `holdfast validate` names the lines. */
const TO_DO = 'TODO:';

/**
 * A first definition of a model from its log: what the columns mean from names and values, windows and ranges from how many rows came when (of the whole log: it says
 * nothing of labels), what is tolerated and the first target from the oldest rows only, those that train version 1, so that a replay over the rest stays honest. The
 * classes are those of the whole log, as whoever writes labels knows them. The same log gives the same definition. Throws the UserErrors of the guesses.
 */
export function proposeDefinition(request: ProposalRequest): Proposal {
  const look = lookAtLog(request);
  const { rhythm, ranges, columns, rarerShare } = look;
  const watched = columns.filter(({ column }) => column.role !== 'ignored').map(({ column }) => column);
  const [features, task] = [watched.map(({ name }) => name), look.task.task];
  const learnt = learnFromOldest({ table: request.log.table, features, rows: look.oldest, labels: look.labels.values, task });
  const hasText = watched.some(({ kind }) => kind === 'text');
  const policies = proposePolicies({ task, rhythm, ranges, rarerShare, hasText, toleratedDrop: learnt.toleratedDrop });
  const suspects = Object.entries(learnt.suspects).map(([column, why]) => `${column}: ${why}`);
  const { windowSeconds: window } = rhythm;
  return {
    definition: definitionOf(request, { look, learnt, policies }),
    why: { ...whyOf(look, learnt), ...policies.why },
    questions: [
      ...doubtfulTimes(look),
      ...columns.filter(({ isQuestion }) => isQuestion).map(({ column, why }) => `${column.name}: ${why}`),
      ...suspects,
    ],
    lengths: { window, recent: ranges.recentWindows * window, heldOut: ranges.heldOutWindows * window },
  };
}

function doubtfulTimes({ time, doubtful }: LogLook): string[] {
  if (doubtful === 0) return [];
  const rows = phraseQuantity(doubtful, 'row');
  return [
    `${time.name}: ${rows} dated years before or after all others, as by a clock that was reset: no window or range counts ${doubtful === 1 ? 'it' : 'them'}. Mend the clock or the rows`,
  ];
}

interface Findings {
  readonly look: LogLook;
  readonly learnt: LearntFromOldest;
  readonly policies: ProposedPolicies;
}

function definitionOf({ name, log, labels }: ProposalRequest, { look, learnt, policies }: Findings): WrittenModelDefinition {
  const { task, id, time, logColumns } = look;
  const file = labels ?? log;
  return {
    schemaVersion: 1,
    name,
    task: task.task,
    objective: `${TO_DO} the decision that the model serves, in one sentence`,
    owner: `${TO_DO} the role that answers for the model`,
    stakeholders: [`${TO_DO} a role that lives with its answers`],
    successMetrics: [
      { metric: usualMetric(task.task), target: learnt.target.value, why: `${TO_DO} what the model is worth nothing below` },
    ],
    columns: look.columns.map(({ column }) => column),
    logs: { format: log.format, path: log.path, columns: { id: id.name, timestamp: time.name, ...logColumns } },
    labels: {
      format: file.format,
      path: file.path,
      columns: look.labels.columns,
      ...classesOf(task),
      delay: labelDelay(look.labels).value,
    },
    ...policies.sections,
  };
}

function whyOf(look: LogLook, learnt: LearntFromOldest): Record<string, string> {
  const ofColumns = look.columns.flatMap(({ column, why }, place) => {
    const texts = [why, learnt.suspects[column.name]].filter((text) => text !== null && text !== undefined);
    return texts.length === 0 ? [] : [[`columns.${place}`, texts.join('; ')] as const];
  });
  const classes =
    look.task.task === 'multiclass' ? { 'labels.classes': 'those of the whole log: whoever writes the labels knows them' } : {};
  return {
    task: look.task.why,
    'successMetrics.0': learnt.target.why,
    ...Object.fromEntries(ofColumns),
    'logs.columns': `id: ${look.id.why}; timestamp: ${look.time.why}`,
    'labels.columns': `label: ${look.labels.why}`,
    ...classes,
    'labels.delay': labelDelay(look.labels).why,
  };
}

function classesOf(task: GuessedTask) {
  if (task.task === 'binary') return { positive: task.positive, negative: task.negative };
  return task.task === 'multiclass' ? { classes: [...task.classes] } : {};
}

const DAY = 86_400;
const DELAYS = [3600, 6 * 3600, ...[1, 2, 3, 7, 14, 28, 56, 91, 182, 364].map((days) => days * DAY)];
const USUALLY = 0.9;

function labelDelay({ lags }: ReadLabels): { readonly value: string; readonly why: string } {
  if (lags === null || lags.length === 0)
    return { value: 'P1D', why: 'a guess: nothing tells when a label arrived. State how long one usually takes' };
  const usual = linearQuantile(lags.toSorted(), USUALLY);
  const delay = DELAYS.find((each) => usual <= each) ?? Math.ceil(usual / DAY) * DAY;
  return { value: durationOf(delay), why: `nine of ten labels arrive within ${phraseLength(delay)}` };
}
