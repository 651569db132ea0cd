import { UserError } from '../core/errors/user-error.ts';
import type { CommandContext } from './command.ts';
import { textOption } from './folder-options.ts';

/** A number that an option may be. */
export interface NumberRule {
  readonly otherwise: number;
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
}

/** The number of an option. Throws a UserError (OPTION_NOT_A_NUMBER) for a text that is none, or one out of bounds. */
export function numberOption(context: CommandContext, name: string, rule: NumberRule): number {
  const text = textOption(context, name);
  if (text === undefined) return rule.otherwise;
  const value = Number(text);
  if (text.trim() !== '' && value >= rule.least && value <= rule.most && (rule.isWhole !== true || Number.isInteger(value))) return value;
  throw new UserError({
    code: 'OPTION_NOT_A_NUMBER',
    message: `--${name} ${text} is no ${rule.isWhole === true ? 'whole ' : ''}number from ${rule.least} to ${rule.most}`,
    hint: `write for example --${name} ${rule.otherwise}`,
  });
}
