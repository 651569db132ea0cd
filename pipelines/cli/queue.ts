import type { QueueItem } from '../core/evaluation/labelling-queue.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { phraseQuantity, phraseVerb } from '../core/schema/phrase-number.ts';
import type { QueuedLabels } from '../stages/queue-labels.ts';
import { askedModels } from './asked-models.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot, modelName, textOption } from './folder-options.ts';
import { numberOption } from './number-option.ts';
import { readPlaces } from './places.ts';
import { queueFile } from './queue-file.ts';

/** `holdfast queue <model>`: writes the ids that are worth a label to a local file. Ids never reach git or GitHub. */
export const queueCommand: Command = {
  name: 'queue',
  summary:
    'Which rows to label next: a stated share at random, the rest where the model errs most and is least sure; ids go to a local file only',
  usage: '<model>',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    'as-of': {
      type: 'string',
      value: '<instant>',
      description: 'look from this moment: later rows and labels are not seen (default: now)',
    },
    rows: { type: 'string', value: '<number>', description: 'rows to choose (default: 200)' },
    'random-share': { type: 'string', value: '<share>', description: 'share of them that is drawn at random, 0 to 1 (default: 0.3)' },
    windows: {
      type: 'string',
      value: '<number>',
      description: 'newest monitoring windows to choose from (default: four times monitoring.performanceWindows)',
    },
    out: { type: 'string', value: '<file>', description: '.csv or .jsonl (default: .holdfast/queue/<model>.csv)' },
  },
  async run(context) {
    const [{ openModelRepository }, { openDuckDbLog }, { queueLabels }, { writeFile, mkdir }, { dirname }] = await Promise.all([
      import('../adapters/files/open-model-repository.ts'),
      import('../adapters/duckdb/open-duckdb-log.ts'),
      import('../stages/queue-labels.ts'),
      import('node:fs/promises'),
      import('node:path'),
    ]);
    const places = readPlaces(context);
    const repository = openModelRepository(places.root);
    const asked = modelName(context.positionals[0]);
    const [model = asked] = askedModels([asked], await repository.models());
    const definition = await repository.definition(model);
    const file = queueFile({ root: places.root, asked: textOption(context, 'out'), resolve: places.file, model });
    const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
    try {
      const queued = await queueLabels({ definition, log, asOf: places.asOf, ...sizes(context, definition) });
      if (queued === null) {
        context.note(`${model}: the log holds no row yet`);
        return 1;
      }
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, file.endsWith('.jsonl') ? jsonLines(queued.queue.items) : csv(queued.queue.items), { mode: 0o600 });
      for (const line of account(queued, file)) context.print(line);
      return 0;
    } finally {
      log.close();
    }
  },
};

function sizes(context: CommandContext, { monitoring }: ModelDefinition) {
  return {
    count: numberOption(context, 'rows', { otherwise: 200, least: 1, most: 1_000_000, isWhole: true }),
    randomShare: numberOption(context, 'random-share', { otherwise: 0.3, least: 0, most: 1 }),
    windows: numberOption(context, 'windows', { otherwise: 4 * monitoring.performanceWindows, least: 1, most: 10_000, isWhole: true }),
  };
}

function account({ queue, rows, isSample, range }: QueuedLabels, file: string): string[] {
  const random = queue.items.filter(({ purpose }) => purpose === 'estimate').length;
  const from = `${phraseQuantity(queue.eligible, 'row')} without a label, of ${phraseQuantity(rows, 'row')} read${isSample ? ' (a sample by hash of id)' : ''} since ${range.start}`;
  const slices = queue.slices.map(({ name }) => name).join('; ');
  return [
    `${phraseQuantity(queue.items.length, 'row')} to label in ${file}, chosen among ${from}.`,
    `${random} of them (purpose estimate) ${phraseVerb(random, 'is', 'are')} drawn at random, each row without a label that was read with chance ${queue.randomChance.toFixed(4)}: their labels may be counted.`,
    `${queue.items.length - random} (purpose learn) ${phraseVerb(queue.items.length - random, 'is', 'are')} chosen for being hard: their labels teach, but a figure that counts them looks too bad. Keep them out of the label log that performance is measured from.`,
    slices === '' ? 'No row was taken from a slice.' : `Slices that rows were taken from: ${slices}.`,
    'The file holds ids: it stays on this machine.',
  ];
}

function csv(items: readonly QueueItem[]): string {
  const rows = items.map(({ id, purpose, why, uncertainty }) => [id, purpose, why, uncertainty === null ? '' : uncertainty.toFixed(6)]);
  return [['id', 'purpose', 'why', 'uncertainty'], ...rows].map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonLines(items: readonly QueueItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
