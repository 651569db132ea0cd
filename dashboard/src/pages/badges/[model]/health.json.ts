import { HEALTH_WORDS, type Health } from '../../../../../pipelines/core/views/health.ts';
import type { ModelView } from '../../../../../pipelines/core/views/model-view.ts';
import { STATES } from '../../../../../pipelines/core/views/palette.ts';
import { phraseDayOfMonth } from '../../../../../pipelines/core/views/phrase-instant.ts';
import { jsonResponse } from '../../../site/json-response.ts';
import { sitePortfolio } from '../../../site/site.ts';

export function getStaticPaths() {
  return sitePortfolio().models.map((model) => ({ params: { model: model.name }, props: { model } }));
}

/** An endpoint badge of shields.io. A badge cannot age by itself, so its message carries the day of the data. */
export function GET({ props }: { props: { model: ModelView } }): Response {
  const { name, health, freshness } = props.model;
  const day = freshness.dataUntil === null ? '' : ` @ ${phraseDayOfMonth(freshness.dataUntil)}`;
  return jsonResponse({
    schemaVersion: 1,
    label: name,
    message: `${HEALTH_WORDS[health].word.toLowerCase()}${day}`,
    color: colourOf(health),
    isError: health === 'act',
  });
}

function colourOf(health: Health): string {
  return STATES[health].ink.light.slice(1);
}
