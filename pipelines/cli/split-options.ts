import { UserError } from '../core/errors/user-error.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { phraseQuantity } from '../core/schema/phrase-number.ts';
import { phraseQuarantine, quarantinedRows } from '../core/signals/phrase-quarantine.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import { type AskedSplit, type InitialSplit, initialSplit } from '../stages/initial-split.ts';
import type { CommandContext } from './command.ts';
import { textOption } from './folder-options.ts';
import { readInstant } from './places.ts';

/** The two options that split a log into training rows and reference rows of a first version. */
export const SPLIT_OPTIONS = {
  'train-until': {
    type: 'string',
    value: '<instant>',
    description: 'version 1 is trained on the rows before this (default: training.recentRange after the oldest row)',
  },
  'reference-until': {
    type: 'string',
    value: '<instant>',
    description: 'the rows from there to this judge it and become its reference (default: training.heldOutRange later)',
  },
} as const;

/** What the options say. Throws a UserError (BAD_INSTANT). */
export function askedSplit(context: CommandContext): AskedSplit {
  return { trainUntil: instantOption(context, 'train-until'), referenceUntil: instantOption(context, 'reference-until') };
}

export interface LogToSplit {
  readonly log: PredictionLog;
  readonly definition: ModelDefinition;
  readonly asOf: Instant;
}

/** A split with the oldest row's event time, and what a person should know of the log. */
export interface CompleteSplit extends InitialSplit {
  readonly earliest: Instant;
  readonly notes: readonly string[];
}

/**
 * The split that was asked for, completed from log and definition, and the oldest row's event time. Throws a UserError for a log without rows (LOG_EMPTY) and
 * for a split that leaves no reference (BAD_ARGUMENTS).
 */
export async function completeSplit(asked: AskedSplit, { log, definition, asOf }: LogToSplit): Promise<CompleteSplit> {
  const coverage = await log.coverage(asOf);
  if (coverage === null) {
    throw new UserError({
      code: 'LOG_EMPTY',
      message: `the log ${definition.logs.path} holds no row until ${asOf}`,
      hint: 'check logs.path of model.yml, --data-root and --as-of',
    });
  }
  const { earliest, doubtful } = coverage;
  const split = initialSplit(definition, earliest, asked);
  const notes =
    doubtful === undefined
      ? []
      : [
          `${definition.name}: ${phraseQuantity(quarantinedRows(doubtful), 'row')} set aside, no range starts or ends there: ${phraseQuarantine(doubtful)}`,
        ];
  if (split.referenceUntil > split.trainUntil) return { earliest, notes, ...split };
  throw new UserError({
    code: 'BAD_ARGUMENTS',
    message: `--reference-until ${split.referenceUntil} is not after --train-until ${split.trainUntil}`,
    hint: 'leave a week or more between them: those rows become the reference of version 1',
  });
}

function instantOption(context: CommandContext, name: string): Instant | null {
  const text = textOption(context, name);
  return text === undefined ? null : readInstant(text, `--${name}`);
}
