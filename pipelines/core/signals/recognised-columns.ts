import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { WindowProfile } from '../schema/window-profile.ts';
import { calendarPart } from './calendar-part.ts';
import { recogniseColumn } from './recognise-column.ts';

/**
 * The columns of a reference that follow the calendar, never repeat or move on with time though the definition does not say so: from its windows, in order of
 * time, and from rows what windows cannot show. They are left out of drift alarms, with their note.
 */
export function recognisedColumns(
  definition: ModelDefinition,
  { windows, rows }: { readonly windows: readonly WindowProfile[]; readonly rows: RowTable },
): NonNullable<ReferenceProfile['recognised']> {
  const asked = definition.columns.filter(({ role, calendar, kind }) => role !== 'ignored' && !calendar && kind !== 'text');
  const found = asked.flatMap(({ name }) => {
    const seen = windows.flatMap(({ window, columns }) => {
      const column = columns[name];
      return column === undefined ? [] : [{ window, column }];
    });
    const recognised = recogniseColumn(seen) ?? ofRows(name, rows);
    return recognised === null ? [] : [[name, recognised] as const];
  });
  return Object.fromEntries(found);
}

function ofRows(name: string, rows: RowTable) {
  const values = rows.numeric[name];
  const part = values === undefined ? null : calendarPart({ seconds: rows.timestamps, values });
  return part === null ? null : { as: 'calendar' as const, why: `The ${part} of the time stamp determines it.` };
}
