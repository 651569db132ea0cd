import type { Instant } from '../schema/instant.ts';
import type { Signal } from '../schema/signal.ts';
import type { Onset } from '../statistics/sequential/onset-of-rise.ts';
import { percent } from './phrase-figures.ts';

/** At what time of its window a fault began; null: it has no beginning inside the window. */
export function phraseOnset(kind: Signal['kind'], onset: (Pick<Onset, 'before' | 'after'> & { readonly at: Instant }) | null): string {
  const what = kind === 'errors' ? 'Failures' : 'Slow predictions';
  if (onset === null) return `${what} have no clear beginning inside the window.`;
  return `${what} began at about ${onset.at.slice(11, 16)} UTC: ${percent(onset.before)} of the predictions before, ${percent(onset.after)} since.`;
}
