import type { WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { Signal, type SignalKind } from '../../pipelines/core/schema/signal.ts';
import type { WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import { detectSignals } from '../../pipelines/core/signals/detect-signals.ts';
import { definitionWith, ordinaryDay, ordinaryReference } from './watched-world.ts';

export const day = ordinaryDay({ rows: 1000, seed: 5 });

/** What is judged; left out: an ordinary day against an ordinary reference. */
export interface Judged {
  readonly profile?: WindowProfile;
  readonly reference?: ReferenceProfile;
  readonly definition?: Partial<WrittenModelDefinition>;
}

/** One signal of a window, as the schema reads it; undefined where nothing is said. */
export function signal(
  name: `${SignalKind}/${string}`,
  { profile = day, reference = ordinaryReference(definitionWith()), definition = {} }: Judged,
): Signal | undefined {
  const found = detectSignals({
    definition: definitionWith(definition),
    reference,
    profile,
    trailingCubes: [],
    cycle: [],
  }).signals.find(({ id }) => id.startsWith(`${name}/`));
  return found === undefined ? undefined : Signal.parse(found);
}
