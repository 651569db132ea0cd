import { phraseMoney, phraseNumber, phraseShare } from './phrase-number.ts';
import type { ServiceView } from './service-view.ts';

/** How the newest window was served, in one sentence: latency, errors and cost, or what of it is not known. */
export function serviceSentence({ latest, cost, why }: Pick<ServiceView, 'latest' | 'cost' | 'why'>): string {
  if (latest === null) return `Service is not known: ${why.latency}`;
  const slow = latest.latencyMs?.quantiles.find(({ quantile }) => quantile === 0.95);
  const parts = [
    slow === undefined ? 'latency is not logged' : `95 % of the predictions took at most ${phraseNumber(slow.value, 1)} ms`,
    latest.errors === null ? 'errors are not logged' : `${phraseShare(latest.errors.share)} failed`,
    ...(cost === null ? [] : [`one costs ${phraseMoney(cost.amount, cost.currency, 4)}`]),
  ];
  const text = parts.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
