import { UserError } from '../core/errors/user-error.ts';
import type { CommandContext } from './command.ts';
import { textOption } from './folder-options.ts';
import { numberOption } from './number-option.ts';

const ADJUSTMENTS = ['bonferroni', 'sidak', 'holm', 'hochberg', 'benjaminiHochberg', 'benjaminiYekutieli'] as const;
const ROWS = { otherwise: 200_000, least: 50, most: 5_000_000, isWhole: true } as const;

/** What a person asked of a sheet; null: as the model says, or the default. */
export interface AskedSheet {
  readonly only: readonly string[] | null;
  readonly limit: number;
  readonly floor: number | null;
  readonly minimumRows: number | null;
  readonly adjustment: (typeof ADJUSTMENTS)[number];
  readonly isFull: boolean;
}

/** Throws a UserError: OPTION_NOT_A_NUMBER, ADJUSTMENT_UNKNOWN. */
export function sheetOptions(context: CommandContext): AskedSheet {
  const only = context.lists?.['column'] ?? null;
  const given = (name: string) => textOption(context, name) !== undefined;
  const asked = textOption(context, 'adjust') ?? 'benjaminiHochberg';
  const adjustment = ADJUSTMENTS.find((each) => each.toLowerCase() === asked.toLowerCase().replaceAll('-', ''));
  if (adjustment === undefined)
    throw new UserError({
      code: 'ADJUSTMENT_UNKNOWN',
      message: `--adjust ${asked} is none`,
      hint: `write one of ${ADJUSTMENTS.join(', ')}`,
    });
  const floor = numberOption(context, 'floor', { otherwise: 0.1, least: 0.0001, most: 10 });
  const minimumRows = numberOption(context, 'minimum-rows', { otherwise: 200, least: 2, most: 1e9, isWhole: true });
  return {
    only,
    limit: numberOption(context, 'rows', ROWS),
    floor: given('floor') ? floor : null,
    minimumRows: given('minimum-rows') ? minimumRows : null,
    adjustment,
    isFull: only !== null || context.options['json'] === true,
  };
}
