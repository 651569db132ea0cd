import { type VersionName, versionNumber } from '../schema/identifiers.ts';
import type { PendingVerification } from '../schema/model-state.ts';
import type { ShadowComparison } from '../schema/shadow-comparison.ts';
import { betterVersion, phraseComparison } from './weigh-comparison.ts';

/** Where the reasons of a remedy stand among those of a decision: the part of model.yml that asks for verifications. */
export const REMEDY = 'rollout';

/** What follows from a verification. */
export interface Remedy {
  readonly rollbackTo: VersionName | null;
  /** What the comparison says, and why there is no rollback where one might be expected. */
  readonly because: readonly string[];
}

/**
 * A rollback is proposed only when the promise is broken and the previous version is better on the same rows: the whole paired interval of
 * the improvement lies below 0. A shortfall against the promise alone is no reason, because weeks can be harder for every model, and a
 * promise can be too high for any. Without a comparison nothing is known about the earlier version, so nothing goes back to it unasked; a
 * person may with `holdfast rollback`. Only ever back to an older version: after a rollback, its successor is no way back.
 */
export function weighRemedy(
  promotion: Pick<PendingVerification, 'version' | 'previous'>,
  outcome: 'kept' | 'broken' | 'insufficient-data',
  comparison: ShadowComparison | undefined,
): Remedy {
  const { version, previous } = promotion;
  const isBroken = outcome === 'broken';
  const compared = comparison === undefined ? [] : [phraseComparison(comparison, { champion: version, isBroken })];
  if (!isBroken) return { rollbackTo: null, because: compared };
  const no = (why: string): Remedy => ({ rollbackTo: null, because: [...compared, `No rollback is proposed: ${why}`] });
  if (previous === null) return no('there is no earlier version');
  if (versionNumber(previous) >= versionNumber(version)) return no(`${previous} is the successor that was rolled back`);
  if (comparison === undefined) return no(`nobody scored these rows with ${previous}`);
  switch (betterVersion(comparison)) {
    case 'previous':
      return { rollbackTo: previous, because: compared };
    case 'champion':
      return no(`${version} is still better than ${previous}`);
    case 'neither':
      return no(`${previous} is not better for sure`);
    case 'unknown':
      return no(`whether ${previous} is better is not known`);
  }
}
