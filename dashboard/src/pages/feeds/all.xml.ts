import { feedEntries } from '../../../../pipelines/core/views/feed-view.ts';
import { atomFeed } from '../../site/atom-feed.ts';
import { sitePortfolio, siteSource } from '../../site/site.ts';

export function GET(): Response {
  const { repositoryUrl } = siteSource();
  const portfolio = sitePortfolio();
  const authority = repositoryUrl === null ? 'holdfast.invalid' : new URL(repositoryUrl).host;
  const xml = atomFeed({ authority, updated: portfolio.builtAt, subtitle: portfolio.sentence, entries: feedEntries(portfolio.models) });
  return new Response(xml, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
}
