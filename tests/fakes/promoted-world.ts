import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition, WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import type { LoadShadow } from '../../pipelines/stages/load-shadow.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import type { WatchResult } from '../../pipelines/stages/watch-input.ts';
import { IncomeRuntime } from './income-runtime.ts';
import { MemoryArtifacts } from './memory-artifacts.ts';
import { type LoanWeather, loansOf, MemoryLog } from './memory-log.ts';
import { loanDefinition, versionOf, watchedState } from './policy-world.ts';
import { RecordingLog } from './recording-log.ts';

const DAY = 86_400;
const RANGE = { start: '2001-01-20T00:00:00Z', end: '2001-02-03T00:00:00Z' };
const DEPLOYMENT = { schemaVersion: 1 as const, model: 'loan', production: 'v2', fallback: 'v1' };

/** v2 took over from v1 right after its reference range; its verification asks for three labelled windows. */
export class PromotedWorld {
  readonly definition: ModelDefinition;
  readonly log = new RecordingLog();
  readonly #past = new MemoryLog();
  readonly promotedAt = RANGE.end;
  /** Versions that were loaded for the shadow. */
  readonly loaded: string[] = [];

  constructor(changes: Partial<WrittenModelDefinition> = {}) {
    this.definition = loanDefinition({ rollout: { verifyWindows: 3 }, ...changes });
    for (const { start } of windowsBetween(RANGE, DAY)) this.#past.add(loansOf(start, { rows: 400, skill: 0.9, version: 'v1' }));
    this.log.add(this.#past.rowsHeld);
  }

  /** One day of weather each since the promotion, scored by v2 unless said otherwise. */
  live(...weather: readonly Partial<LoanWeather>[]): this {
    for (const [day, one] of weather.entries()) {
      this.log.add(loansOf(addSeconds(RANGE.end, day * DAY), { rows: 400, skill: 0.9, version: 'v2', ...one }));
    }
    return this;
  }

  state(): ModelState {
    const verification = { version: 'v2', previous: 'v1', pullRequest: 7, promotedAt: RANGE.end, mergeSha: 'f00', incidents: [] };
    return { ...watchedState('v2'), verification };
  }

  /** What v2 promised: that it ranks as well as the reference range was ranked. */
  async reference(): Promise<ReferenceProfile> {
    const days = windowsBetween(RANGE, DAY);
    const asOf = addSeconds(RANGE.end, DAY);
    const grids = await this.log.learnGrids(RANGE, asOf);
    const windows = await this.log.profile(days, grids, asOf);
    const cubes = await this.log.cubes(days, asOf);
    return buildReference({ definition: this.definition, version: 'v2', range: RANGE, windowSeconds: DAY, windows, grids, cubes });
  }

  /** v1: what income told about the loans of the reference range. */
  readonly loadV1: LoadShadow = async (version) => {
    this.loaded.push(version);
    const runtime = new IncomeRuntime();
    const rows = await this.#past.rows({ range: RANGE, asOf: addSeconds(RANGE.end, DAY), limit: 10_000, labelledOnly: true });
    return runtime.load(await runtime.train({ model: 'loan', rows, features: ['income'], policy: this.definition.training, onEpoch() {} }));
  };

  async watch(daysLater: number, shadow?: LoadShadow): Promise<WatchResult & { readonly reference: ReferenceProfile }> {
    const reference = await this.reference();
    const watched = await watchModel({
      definition: this.definition,
      deployment: DEPLOYMENT,
      reference,
      championVersion: versionOf('v2', RANGE.start),
      state: this.state(),
      log: this.log,
      labels: this.log,
      artifacts: new MemoryArtifacts(),
      asOf: addSeconds(RANGE.end, daysLater * DAY),
      ...(shadow === undefined ? {} : { shadow }),
    });
    return { ...watched, reference };
  }
}
