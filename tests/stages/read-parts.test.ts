import { describe, expect, test } from 'vitest';
import type { WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import type { RowRequest } from '../../pipelines/ports/prediction-log.ts';
import { partsReader, ripeRange } from '../../pipelines/stages/read-parts.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { plantedRows } from '../fakes/planted-rows.ts';
import { definitionWith, MONDAY, ordinaryDay, ordinaryReference } from '../fakes/watched-world.ts';

const REFERENCE = ordinaryReference(definitionWith());
const LATER = '2031-01-01T00:00:00Z';
const COLUMNS: NonNullable<WrittenModelDefinition['columns']> = [
  { name: 'size', kind: 'numeric' },
  { name: 'place', kind: 'categorical' },
];

/** A log whose rows are planted, and that remembers what it was asked. */
class PlantedLog extends MemoryLog {
  readonly requests: RowRequest[] = [];

  override async rows(request: RowRequest) {
    this.requests.push(request);
    return plantedRows({ rows: 4000, errors: ({ place }) => (place === 'east' ? 0.4 : 0.1) }).table;
  }
}

function realised(status: Signal['status']): Signal {
  return { kind: 'realised-performance', status } as Signal;
}

describe('rows of parts', () => {
  test('are read once for declared slices: the windows whose labels are due', async () => {
    const log = new PlantedLog();
    const definition = definitionWith({ columns: COLUMNS, slices: [{ name: 'east', where: { place: 'east' } }] });
    const profile = ordinaryDay({ rows: 1000, seed: 1, day: 9 });

    const signals = await partsReader({ definition, reference: REFERENCE, log, labels: log, asOf: LATER })(profile, []);

    expect(log.requests).toEqual([
      { range: ripeRange(definition, REFERENCE, profile.window), asOf: LATER, limit: 20_000, labelledOnly: false },
    ]);
    expect(signals.map(({ subject }) => subject)).toEqual(['east']);
  });

  test('are said to be a sample where the log holds more', async () => {
    const log = new PlantedLog();
    log.countLabelled = async () => 81_234;
    const definition = definitionWith({
      columns: COLUMNS,
      slices: [{ name: 'east', where: { place: 'east' } }],
      monitoring: { sampleRows: 4000 },
    });

    const [east] = await partsReader({ definition, reference: REFERENCE, log, labels: log, asOf: LATER })(
      ordinaryDay({ rows: 1000, seed: 1, day: 9 }),
      [],
    );

    expect(east?.why).toMatch(/ A sample: counts are of 4,000 rows drawn by hash of id, with 4,000 of the 81,234 labels of these days\.$/);
  });

  test('are read for any model whose realised performance is out of order, and say where it errs', async () => {
    const log = new PlantedLog();
    const read = partsReader({ definition: definitionWith({ columns: COLUMNS }), reference: REFERENCE, log, labels: log, asOf: LATER });
    const profile = ordinaryDay({ rows: 1000, seed: 1, day: 9 });

    const quiet = await read(profile, [realised('ok'), realised('insufficient-data')]);
    const hurt = await read(profile, [realised('alert')]);

    expect(quiet).toEqual([]);
    expect(hurt[0]?.why).toContain('place is east');
    expect(log.requests).toHaveLength(1);
  });
});

test('the ripe windows end one label delay before the newest, and begin after the reference', () => {
  const definition = definitionWith({ monitoring: { performanceWindows: 3 } });
  const days = (day: number) => ordinaryDay({ rows: 10, seed: 1, day }).window;

  expect(ripeRange(definition, REFERENCE, days(9))).toEqual({ start: days(6).start, end: days(8).end });
  expect(ripeRange(definition, REFERENCE, days(1))).toEqual({ start: MONDAY, end: days(0).end });
  expect(ripeRange(definition, REFERENCE, days(0))).toEqual(days(0));
});
