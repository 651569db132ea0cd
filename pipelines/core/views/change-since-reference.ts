import { promisedChange } from '../profile/promised-change.ts';
import { knownFigure } from '../profile/window-figure.ts';
import { phrasePromisedChange } from '../schema/phrase-promised-change.ts';
import { championOf, type ModelSource, versionSource } from './site-source.ts';

/**
 * What all mature windows since the champion's reference say together of its promise, in a sentence whose interval holds in every build of the page, not in one
 * alone; null without figures.
 */
export function changeSinceReference(model: ModelSource): string | null {
  const champion = championOf(model);
  const reference = versionSource(model, champion)?.reference ?? null;
  if (reference === null || model.state === null) return null;
  const { labels, monitoring } = model.definition;
  const { metric } = monitoring.performance;
  const figures = model.state.windows.flatMap(({ champion: served, window, realised }) =>
    served === champion && window.start >= reference.range.end && realised?.metric === metric && realised.maturity >= labels.maturity
      ? knownFigure(realised)
      : [],
  );
  const change = promisedChange(reference, metric, figures);
  return change === null ? null : phrasePromisedChange(change);
}
