import { openDuckDbLog } from '../adapters/duckdb/open-duckdb-log.ts';
import { openModelRepository } from '../adapters/files/open-model-repository.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { DriftSheet } from '../core/schema/drift-sheet.ts';
import type { Window } from '../core/schema/window.ts';
import { compareLog } from '../stages/compare-log.ts';
import { readReference } from '../stages/read-reference.ts';
import { askedModels } from './asked-models.ts';
import type { CommandContext } from './command.ts';
import { dataRoot, modelName, textOption } from './folder-options.ts';
import { readInstant, readPlaces } from './places.ts';
import type { AskedSheet } from './sheet-options.ts';
import { sheetRule } from './sheet-rule.ts';

/** Compares two ranges of a model's log. Throws a UserError: MODEL_UNKNOWN, RANGE_INVALID, and what `compareLog` throws. */
export async function compareModel(context: CommandContext, asked: AskedSheet): Promise<DriftSheet> {
  const places = readPlaces(context);
  const repository = openModelRepository(places.root);
  const wanted = modelName(context.positionals[0]);
  const [model = wanted] = askedModels([wanted], await repository.models());
  const [definition, deployment] = await Promise.all([repository.definition(model), repository.deployment(model)]);
  const reference = deployment === null ? null : (await readReference(repository, model, deployment.production)).reference;
  const { period, against } = ranges(context);
  const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
  try {
    return await compareLog({
      definition,
      reference,
      log,
      asOf: places.asOf,
      period,
      against,
      limit: asked.limit,
      rule: sheetRule(definition.monitoring, asked),
      detail: asked.isFull ? 'full' : 'brief',
      only: asked.only,
    });
  } finally {
    log.close();
  }
}

function ranges(context: CommandContext) {
  const [from, until, against] = ['from', 'until', 'against'].map((name) => textOption(context, name));
  if (from === undefined && until !== undefined)
    throw new UserError({
      code: 'RANGE_INVALID',
      message: '--until needs --from',
      hint: 'write for example --from 2001-03-01 --until 2001-03-08',
    });
  const start = from === undefined ? null : readInstant(from, '--from');
  const end = until === undefined ? null : readInstant(until, '--until');
  if (start !== null && end !== null) requireOrder({ start, end }, '--from and --until');
  return {
    period: start === null ? null : { from: start, until: end },
    against: against === undefined || against === 'reference' ? null : rangeOf(against),
  };
}

function rangeOf(text: string): Window {
  const [start, end, ...rest] = text.split('/');
  if (start === undefined || end === undefined || rest.length > 0) {
    throw new UserError({
      code: 'RANGE_INVALID',
      message: `--against ${text} is no range`,
      hint: 'write "reference", or two instants such as 2001-01-01/2001-02-01',
    });
  }
  return requireOrder({ start: readInstant(start, '--against'), end: readInstant(end, '--against') }, '--against');
}

function requireOrder(range: Window, option: string): Window {
  if (range.start < range.end) return range;
  throw new UserError({
    code: 'RANGE_INVALID',
    message: `${option}: ${range.start} is not before ${range.end}`,
    hint: 'give the earlier instant first',
  });
}
