import { UserError } from '../core/errors/user-error.ts';
import type { AskedDefinition } from '../core/registry/first-definition/proposal-request.ts';
import { Duration, durationSeconds } from '../core/schema/duration.ts';
import { Task } from '../core/schema/task.ts';
import type { CommandContext, CommandOption } from './command.ts';
import { textOption } from './folder-options.ts';

const column = (description: string): CommandOption => ({ type: 'string', value: '<column>', description });

/** The options of `holdfast init`: files first, then what is guessed otherwise. */
export const INIT_OPTIONS: Readonly<Record<string, CommandOption>> = {
  log: {
    type: 'string',
    value: '<file>',
    description: 'the prediction log: .csv, .jsonl (.gz) or .parquet, or a quoted glob of such files',
  },
  labels: { type: 'string', value: '<file>', description: 'what really happened, where it does not lie in the log; joined by id' },
  label: column('what really happened (default: by its name)'),
  timestamp: column('time of each row (default: by name and content)'),
  id: column('unique id of each row (default: by name and content)'),
  task: { type: 'string', value: '<task>', description: 'binary, multiclass or regression (default: as the labels are)' },
  positive: {
    type: 'string',
    value: '<label>',
    description: 'the label of the positive class (default: 1, yes and the like, else the rarer)',
  },
  score: column('probability, confidence or number that was predicted (default: by name and content)'),
  prediction: column('multiclass: the class that was called (default: by name and content)'),
  'label-id': column('id of each label, in the file of labels (default: as in the log)'),
  'label-timestamp': column('when each label arrived (default: by its name)'),
  ignore: { type: 'string', value: '<column>', multiple: true, description: 'leave a column out; may be given several times' },
  kind: {
    type: 'string',
    value: '<column=kind>',
    multiple: true,
    description: 'read a column as numeric, categorical or text; may be given several times',
  },
  window: { type: 'string', value: '<duration>', description: 'length of a monitoring window (default: from the rhythm of the log)' },
  'dry-run': { type: 'boolean', description: 'print model.yml, write nothing' },
  json: { type: 'boolean', description: 'print the definition and the reasons as JSON, write nothing' },
  root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
  'data-root': {
    type: 'string',
    value: '<folder>',
    description: 'where the logs lie (default: HOLDFAST_DATA_ROOT, else here, else the folder of the log)',
  },
};

/** What the options state. Throws a UserError (BAD_ARGUMENTS). */
export function askedDefinition(context: CommandContext): AskedDefinition {
  const text = (name: string) => textOption(context, name);
  const task = text('task');
  if (task !== undefined && !Task.safeParse(task).success)
    throw new UserError({ code: 'BAD_ARGUMENTS', message: `--task ${task} is no task`, hint: `write ${Task.options.join(', ')}` });
  const given = <Value>(key: string, value: Value | undefined) => (value === undefined ? {} : { [key]: value });
  return {
    columns: {
      ...given('label', text('label')),
      ...given('timestamp', text('timestamp')),
      ...given('id', text('id')),
      ...given('labelId', text('label-id')),
      ...given('labelTimestamp', text('label-timestamp')),
    },
    answers: { ...given('score', text('score')), ...given('prediction', text('prediction')) },
    ...given('task', task),
    ...given('positive', text('positive')),
    windowSeconds: windowOption(text('window')),
    ignored: context.lists?.['ignore'] ?? [],
  };
}

function windowOption(text: string | undefined): number | null {
  if (text === undefined) return null;
  const parsed = Duration.safeParse(text);
  const seconds = parsed.success ? durationSeconds(parsed.data) : 0;
  if (seconds > 0 && seconds % 3600 === 0) return seconds;
  throw new UserError({ code: 'BAD_ARGUMENTS', message: `--window ${text} is no length of whole hours`, hint: 'write it as P7D or PT6H' });
}
