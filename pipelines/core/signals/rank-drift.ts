import { binRows } from '../profile/binning.ts';
import type { DriftImpact, Signal } from '../schema/signal.ts';
import { lossByShift } from '../statistics/multivariate/loss-by-shift.ts';
import { type DriftedFeature, type RankedFeature, rankFeatures } from '../statistics/multivariate/rank-features.ts';
import { figure, percent } from './phrase-figures.ts';
import type { WindowEvidence } from './signal-of.ts';

const DIGITS = 6;

/**
 * Which of the drifted columns to look at first: the one whose shift costs most by itself (mean loss of the version by class, frozen with the reference, weighed
 * by the classes of the window), where that cannot be chance, then by the size of the drift times how much the version depends on the column. Adds its place, and a sentence, to every
 * data drift that is a warning or an alert; all else passes unchanged. References that were made before losses were kept say nothing.
 */
export function rankDrift(evidence: WindowEvidence, signals: readonly Signal[]): Signal[] {
  const { importance, losses } = evidence.reference;
  const drifted = signals.filter(isDrifted);
  if ((importance === undefined && losses === undefined) || drifted.length === 0) return [...signals];
  const ranked = rankFeatures(
    drifted.map(({ subject, value }) => {
      const known = importance?.[subject];
      return {
        name: subject,
        effect: value ?? 0,
        importance: known === undefined ? null : Math.max(0, known),
        ...shiftOf(evidence, subject),
      };
    }),
  );
  const bySubject = new Map(ranked.map((each) => [each.name, each]));
  return signals.map((signal) => {
    const found = isDrifted(signal) ? bySubject.get(signal.subject) : undefined;
    return found === undefined ? signal : { ...signal, impact: impactOf(found), why: `${signal.why} ${sentence(found, ranked.length)}` };
  });
}

function isDrifted({ kind, status }: Signal): boolean {
  return kind === 'data-drift' && (status === 'alert' || status === 'warning');
}

function shiftOf(
  { reference, profile }: WindowEvidence,
  subject: string,
): Pick<DriftedFeature, 'lossChange' | 'lossError' | 'lossSkewness'> {
  const [losses, binning] = [reference.losses?.[subject], reference.binnings[subject]];
  const [before, now] = [reference.profile.columns[subject], profile.columns[subject]];
  if (losses === undefined || binning === undefined || before === undefined || now === undefined) return { lossChange: null };
  const noise = reference.lossNoise?.[subject] ?? losses.map(() => null);
  const shift = lossByShift({ reference: binRows(before, binning), losses, current: binRows(now, binning), noise });
  return shift === null
    ? { lossChange: null }
    : { lossChange: shift.lossChange, lossError: shift.standardError, lossSkewness: shift.skewness };
}

function impactOf({ rank, importance, lossChange, lossError = null, isBeyondChance, shareOfDrop }: RankedFeature): DriftImpact {
  const told = { importance: rounded(importance), lossChange: rounded(lossChange), lossError: rounded(lossError) };
  return { rank, ...told, isBeyondChance, shareOfDrop: rounded(shareOfDrop) };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}

function sentence(ranked: RankedFeature, drifted: number): string {
  const { rank, importance } = ranked;
  const place = drifted === 1 ? 'The only column that drifts' : `Place ${figure(rank)} of ${figure(drifted)} drifting columns`;
  const weight = importance === null ? '' : `; the model loses ${figure(importance)} without it`;
  return `${place}: ${cost(ranked, drifted)}${weight}.`;
}

function cost({ lossChange, lossError = null, isBeyondChance, shareOfDrop }: RankedFeature, drifted: number): string {
  if (lossChange === null) return 'what it costs is not known';
  if (lossError === null) return 'how sure its cost is was not kept with the reference, so it is not ranked by it';
  if (!isBeyondChance)
    return `what its shift alone costs cannot be told from chance (${figure(lossChange)}, standard error ${figure(lossError)})`;
  if (lossChange < 0) return 'its shift alone would lower the mean loss';
  const share = shareOfDrop === null || drifted === 1 ? '' : `, ${percent(shareOfDrop)} of what they explain beyond chance`;
  return `its shift alone would raise the mean loss by ${figure(lossChange)} (standard error ${figure(lossError)})${share}`;
}
