import type { RowRequest } from '../../pipelines/ports/prediction-log.ts';
import { MemoryLog } from './memory-log.ts';

/** A log in memory that remembers which rows it was asked for. */
export class RecordingLog extends MemoryLog {
  readonly requests: RowRequest[] = [];

  override async rows(request: RowRequest) {
    this.requests.push(request);
    return super.rows(request);
  }
}
