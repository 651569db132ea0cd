import { auditView } from '../../../../../pipelines/core/views/audit-view.ts';
import { jsonResponse } from '../../../site/json-response.ts';
import { sitePortfolio, siteSource } from '../../../site/site.ts';

export function GET(): Response {
  const shown = new Set(sitePortfolio().models.map((model) => model.name));
  const { events, intact, sentence } = auditView(siteSource().events);
  return jsonResponse({ schemaVersion: 1, intact, sentence, events: events.filter((event) => shown.has(event.model)) });
}
