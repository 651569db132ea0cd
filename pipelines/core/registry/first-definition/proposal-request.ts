import type { LabelSource } from '../../schema/log-source.ts';
import type { Task } from '../../schema/task.ts';
import type { AskedColumns } from './guess-columns.ts';
import type { LogColumns } from './guess-log-columns.ts';
import type { LoggedTable } from './logged-table.ts';

/** A file of rows: how the definition finds it, and its columns. */
export interface FileOfRows {
  readonly format: LabelSource['format'];
  /** From the data root. */
  readonly path: string;
  readonly table: LoggedTable;
}

/** What a person stated; the rest is guessed. */
export interface AskedDefinition {
  readonly columns: AskedColumns;
  readonly answers: LogColumns;
  readonly task?: Task;
  readonly positive?: string;
  readonly windowSeconds: number | null;
  readonly ignored: readonly string[];
}

/** What a first definition is made from. */
export interface ProposalRequest {
  readonly name: string;
  readonly log: FileOfRows;
  /** null: the labels lie in the log. */
  readonly labels: FileOfRows | null;
  readonly asked: AskedDefinition;
}
