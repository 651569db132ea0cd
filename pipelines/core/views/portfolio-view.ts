import type { Instant } from '../schema/instant.ts';
import { siteExpectedBy } from './freshness.ts';
import { HEALTH_ORDER, type Health, worstHealth } from './health.ts';
import { type ModelView, modelView } from './model-view.ts';
import { phraseQuantity } from './phrase-number.ts';
import type { SiteSource } from './site-source.ts';

/** All models, most urgent first, and one sentence for whoever has ten seconds. */
export interface PortfolioView {
  readonly health: Health;
  readonly sentence: string;
  readonly counts: readonly { readonly health: Health; readonly count: number }[];
  readonly models: readonly ModelView[];
  readonly builtAt: Instant;
  readonly dataUntil: Instant | null;
  readonly expectedBy: Instant | null;
  readonly clock: SiteSource['clock'];
}

/** Models whose definition does not agree to be published are left out. */
export function portfolioView(site: SiteSource): PortfolioView {
  const published = site.models.filter((model) => model.definition.dashboard.publish);
  const models = published.map((model) => modelView(model, site));
  const ordered = models.toSorted((a, b) => HEALTH_ORDER.indexOf(a.health) - HEALTH_ORDER.indexOf(b.health) || (a.name < b.name ? -1 : 1));
  const health = worstHealth(models.map((model) => model.health));
  const counts = HEALTH_ORDER.map((state) => ({ health: state, count: models.filter((model) => model.health === state).length }));
  const until = models.flatMap((model) => (model.freshness.dataUntil === null ? [] : [model.freshness.dataUntil]));
  return {
    health,
    sentence: portfolioSentence(health, counts, models.length),
    counts,
    models: ordered,
    builtAt: site.builtAt,
    dataUntil: until.sort().at(-1) ?? null,
    expectedBy: siteExpectedBy(models.map((model) => model.freshness)),
    clock: site.clock,
  };
}

function portfolioSentence(health: Health, counts: PortfolioView['counts'], total: number): string {
  if (total === 0) return 'No model is defined yet.';
  const count = counts.find((one) => one.health === health)?.count ?? 0;
  const of = `${count} of ${phraseQuantity(total, 'model')}`;
  switch (health) {
    case 'act':
      return `${of} ${count === 1 ? 'needs' : 'need'} action now${blindWords(counts)}.`;
    case 'unknown':
      return `${of} ${count === 1 ? 'has' : 'have'} no fresh data, so overall health is unknown.`;
    case 'watch':
      return `${of} ${count === 1 ? 'is' : 'are'} worth watching.`;
    case 'healthy':
      return count === total ? 'All models are healthy.' : `${of} ${count === 1 ? 'is' : 'are'} healthy; the others are not monitored.`;
    case 'not-monitored':
      return `${total === 1 ? 'The one model is' : 'All models are'} defined, but not deployed: nothing is monitored.`;
  }
}

/** Missing knowledge is said even when something else is more urgent. */
function blindWords(counts: PortfolioView['counts']): string {
  const blind = counts.find((one) => one.health === 'unknown')?.count ?? 0;
  return blind === 0 ? '' : `; ${blind} more ${blind === 1 ? 'has' : 'have'} no fresh data`;
}
