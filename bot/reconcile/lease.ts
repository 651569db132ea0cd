import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import type { StateIndex } from '../../pipelines/core/schema/model-state.ts';

type Lease = NonNullable<StateIndex['lease']>;

export interface LeaseWish {
  readonly holder: string;
  readonly wall: Instant;
  readonly seconds: number;
}

/** Whether another shell holds a lease that has not run out. */
export function isHeldByAnother(lease: StateIndex['lease'], { holder, wall }: LeaseWish): boolean {
  return lease !== null && lease.holder !== holder && lease.until > wall;
}

/** The lease to write: the old one while more than half of it is left, so that a quiet run writes nothing. */
export function renewLease(lease: StateIndex['lease'], { holder, wall, seconds }: LeaseWish): Lease {
  const isFresh = lease !== null && lease.holder === holder && lease.until > addSeconds(wall, Math.floor(seconds / 2));
  return isFresh ? lease : { holder, until: addSeconds(wall, seconds) };
}
