import { writeFile } from 'node:fs/promises';
import { canonicalJson } from '../core/digest/canonical-json.ts';
import { UserError } from '../core/errors/user-error.ts';
import { specifyInitialTraining } from '../core/registry/specify-training.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { type Window, windowsBetween } from '../core/schema/window.ts';
import { phraseThinWindows } from '../core/signals/phrase-thin-windows.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { Command } from './command.ts';
import { dataRoot, modelName, textOption } from './folder-options.ts';
import { readPlaces } from './places.ts';
import { askedSplit, completeSplit, SPLIT_OPTIONS } from './split-options.ts';

/** `holdfast specify <model>`: the training spec of a first version, for `holdfast train`. Later versions are specified by the bot. */
export const specifyCommand: Command = {
  name: 'specify',
  summary: 'Write the training spec of a first version: which rows train it, which judge it',
  usage: '<model> [--out <file>]',
  options: {
    out: { type: 'string', value: '<file>', description: 'where the spec goes (default: standard output)' },
    version: { type: 'string', value: '<version>', description: 'name of the version (default: v1)' },
    ...SPLIT_OPTIONS,
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    'as-of': { type: 'string', value: '<instant>', description: 'rows and labels after this are not used (default: now)' },
  },
  async run(context) {
    const model = modelName(context.positionals[0]);
    const [asked, places] = [askedSplit(context), readPlaces(context)];
    const [{ openModelRepository }, { openDuckDbLog }] = await Promise.all([
      import('../adapters/files/open-model-repository.ts'),
      import('../adapters/duckdb/open-duckdb-log.ts'),
    ]);
    const repository = openModelRepository(places.root);
    const [definition, deployment] = await Promise.all([repository.definition(model), repository.deployment(model)]);
    if (deployment !== null) throw servedAlready(model, deployment.production);
    const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
    try {
      const { earliest, trainUntil, referenceUntil, notes } = await completeSplit(asked, { log, definition, asOf: places.asOf });
      const labelled = addSeconds(referenceUntil, durationSeconds(definition.labels.delay));
      const spec = specifyInitialTraining({
        definition,
        version: textOption(context, 'version') ?? 'v1',
        decision: 'first-version',
        // All labels of the last reference row have arrived one label delay later.
        asOf: labelled < places.asOf ? labelled : places.asOf,
        range: { start: earliest, end: trainUntil },
        heldOut: { start: trainUntil, end: referenceUntil },
      });
      const out = textOption(context, 'out');
      if (out === undefined) context.print(canonicalJson(spec).trimEnd());
      else await writeFile(places.file(out), canonicalJson(spec));
      context.note(`${model} ${spec.version}: trains on ${earliest} to ${trainUntil}, is judged on the rows to ${referenceUntil}`);
      for (const line of notes) context.note(line);
      for (const line of await thinWindows(definition, log, { range: spec.heldOut, asOf: spec.asOf })) context.note(line);
      return 0;
    } finally {
      log.close();
    }
  },
};

/** What no window of the reference will ever reach, by its labelled rows: said before anything is trained. */
async function thinWindows(
  definition: ModelDefinition,
  log: LabelLog,
  { range, asOf }: { readonly range: Window; readonly asOf: Instant },
): Promise<string[]> {
  const windows = windowsBetween(range, durationSeconds(definition.monitoring.window));
  if (windows.length === 0) return [];
  const arrivals = await log.arrivals(windows, asOf);
  return phraseThinWindows(definition, Math.max(...arrivals.map(({ labels }) => labels)));
}

function servedAlready(model: string, production: string): UserError {
  return new UserError({
    code: 'MODEL_SERVES_ALREADY',
    message: `${model} serves ${production} already`,
    hint: 'later versions come from the bot: comment `/holdfast retrain` on one of its issues, or wait for the policy',
  });
}
