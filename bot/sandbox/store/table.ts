/** Rows of one kind by id, in memory. Rows are immutable: a change puts a new row. */
export interface Table<Row extends { readonly id: number }> {
  get(id: number): Row | null;
  put(row: Row): Row;
  remove(id: number): void;
  /** In the order of the ids, which is the order of making. */
  all(): readonly Row[];
  filter(wanted: (row: Row) => boolean): readonly Row[];
  find(wanted: (row: Row) => boolean): Row | null;
}

export function createTable<Row extends { readonly id: number }>(): Table<Row> {
  const rows = new Map<number, Row>();
  return {
    get: (id) => rows.get(id) ?? null,
    put: (row) => {
      rows.set(row.id, row);
      return row;
    },
    remove: (id) => {
      rows.delete(id);
    },
    all: () => [...rows.values()],
    filter: (wanted) => [...rows.values()].filter(wanted),
    find: (wanted) => [...rows.values()].find(wanted) ?? null,
  };
}
