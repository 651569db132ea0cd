import type { Incident } from '../core/schema/incident.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import { askedModels } from './asked-models.ts';
import type { Command } from './command.ts';
import { readStates } from './explain.ts';
import { readPlaces } from './places.ts';

const NEWEST = 5;

/** `holdfast status`: champion, watermark, incidents, retraining and the newest decisions of every watched model. */
export const statusCommand: Command = {
  name: 'status',
  summary: 'How the watched models stand: champion, open incidents, retraining, newest decisions with their ids',
  usage: '[model ...]',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'state-dir': { type: 'string', value: '<folder>', description: 'checkout of the state branch (default: .holdfast/state)' },
    json: { type: 'boolean', description: 'print the states as JSON' },
  },
  async run(context) {
    const { phraseDecision } = await import('../stages/phrase-decision.ts');
    const { incidentName } = await import('../core/decisions/because.ts');
    const { openModelRepository } = await import('../adapters/files/open-model-repository.ts');
    const { phraseEstimate } = await import('../stages/phrase-estimate.ts');
    const { phraseService } = await import('../stages/phrase-service.ts');
    const { labelsStanding } = await import('../core/views/labels-view.ts');
    const repository = openModelRepository(readPlaces(context).root);
    const wanted = new Set(askedModels(context.positionals, await repository.models()));
    const states = (await readStates(context)).filter(({ model }) => wanted.has(model));
    if (context.options['json'] === true) context.print(JSON.stringify(states, null, 2));
    else if (states.length === 0) context.print('no model was watched yet');
    else
      for (const state of states) {
        const definition = await repository.definition(state.model);
        const labels = labelsStanding(definition, state);
        const estimate = [...phraseEstimate(definition, state), ...phraseService(definition, state)];
        for (const line of linesOf(state, { labels, estimate, phrase: phraseDecision, nameOf: incidentName })) context.print(line);
      }
    return 0;
  },
};

interface StatusWords {
  /** Which windows still wait for labels. */
  readonly labels: string;
  /** What is estimated of the newest rows, before their labels. */
  readonly estimate: readonly string[];
  readonly nameOf: (incident: Incident) => string;
  readonly phrase: (decision: ModelState['decisions'][number]) => string[];
}

function linesOf(state: ModelState, { labels, estimate, phrase, nameOf }: StatusWords): string[] {
  const { model, champion, watermark, retraining, verification } = state;
  const ongoing = state.incidents.filter(({ status }) => status !== 'resolved');
  const newest = state.decisions.flatMap((decision) =>
    phrase(decision).map((text) => `  ${decision.id}  ${decision.at.slice(0, 10)}  ${text}`),
  );
  return [
    `${model}: champion ${champion ?? 'none'}, watched until ${watermark ?? 'never'}`,
    ...(ongoing.length === 0 ? ['  no open incident'] : []),
    ...ongoing.map(
      (incident) => `  ${incident.id}  ${incident.status}: ${nameOf(incident)} (${incident.severity})${said(incident, watermark)}`,
    ),
    ...(state.windows.length === 0 ? [] : [`  labels: ${labels}`]),
    ...estimate.map((line) => `  ${line}`),
    ...(retraining === null ? [] : [`  retraining ${retraining.version} is open since ${retraining.requestedAt}`]),
    ...(verification === null ? [] : [`  ${verification.version} awaits its verification since ${verification.promotedAt}`]),
    ...newest.slice(-NEWEST),
  ];
}

function said({ acknowledged, snoozedUntil }: Incident, watermark: string | null): string {
  const heard = acknowledged === undefined ? '' : `, acknowledged by ${acknowledged.by}`;
  return snoozedUntil === undefined || snoozedUntil <= (watermark ?? '') ? heard : `${heard}, snoozed until ${snoozedUntil}`;
}
