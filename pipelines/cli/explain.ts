import { UserError } from '../core/errors/user-error.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import type { Command, CommandContext } from './command.ts';
import { readPlaces } from './places.ts';

/** `holdfast explain <id>`: finds the decision or incident in the states of all models and prints its chain. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'The chain from a decision or incident back to the rows: signals, thresholds, windows, profile digests',
  usage: '<id of a decision or incident>',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'state-dir': { type: 'string', value: '<folder>', description: 'checkout of the state branch (default: .holdfast/state)' },
    json: { type: 'boolean', description: 'print the chain as JSON' },
  },
  async run(context) {
    const { explain } = await import('../stages/explain.ts');
    const [id] = context.positionals;
    if (id === undefined)
      throw new UserError({ code: 'BAD_ARGUMENTS', message: 'expected: an id', hint: '`holdfast status` lists the newest' });
    const states = await readStates(context);
    const holder = states.find((state) => [...state.decisions, ...state.incidents].some((one) => one.id.startsWith(id)));
    if (holder === undefined) throw unknown(id, states);
    const chain = explain(holder, id);
    if (context.options['json'] === true) context.print(JSON.stringify({ model: holder.model, chain }, null, 2));
    else for (const { depth, text } of chain) context.print(`${'  '.repeat(depth)}${text}`);
    return 0;
  },
};

/** The states of all models of the repository that were watched. */
export async function readStates(context: CommandContext): Promise<ModelState[]> {
  const [{ openModelRepository }, { readStateDirectory }] = await Promise.all([
    import('../adapters/files/open-model-repository.ts'),
    import('../adapters/files/read-state-directory.ts'),
  ]);
  const places = readPlaces(context);
  const models = await openModelRepository(places.root).models();
  const states = await Promise.all(models.map((model) => readStateDirectory(places.stateDirectory, model)));
  return states.filter((state) => state !== null);
}

function unknown(id: string, states: readonly ModelState[]): UserError {
  const where = states.length === 0 ? 'no model was watched yet' : `looked at ${states.map(({ model }) => model).join(', ')}`;
  return new UserError({
    code: 'ID_UNKNOWN',
    message: `there is no decision and no incident ${id} (${where})`,
    hint: 'ids stand in issues, pull requests and on the dashboard; --state-dir names the checkout of the state branch',
  });
}
