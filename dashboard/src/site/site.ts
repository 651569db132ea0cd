import { type PortfolioView, portfolioView } from '../../../pipelines/core/views/portfolio-view.ts';
import type { SiteSource } from '../../../pipelines/core/views/site-source.ts';
import { readSite } from './read-site.ts';

let source: SiteSource | null = null;
let portfolio: PortfolioView | null = null;

/** What is committed: read once a build, because pages render one by one. */
export function siteSource(): SiteSource {
  source ??= readSite(process.env, import.meta.env.DASHBOARD_ROOT);
  return source;
}

/** The views of all models: computed once a build. */
export function sitePortfolio(): PortfolioView {
  portfolio ??= portfolioView(siteSource());
  return portfolio;
}

/** Where the site is mounted; only the 404 page, which is shown at any address, needs it. */
export function siteBase(): string {
  return process.env['HOLDFAST_BASE'] ?? '/';
}
