import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { flightsFile } from '../simulator/flights-file.ts';
import { openProductionSimulator, type ProductionSimulator } from '../simulator/production-simulator.ts';
import { groundTruth } from '../simulator/voice-search/ground-truth.ts';
import { openVoiceSimulator } from '../simulator/voice-search/open-voice-simulator.ts';
import { phraseDetections, scoreDetections } from '../simulator/voice-search/score-detections.ts';

/** A model of models/ with a production that can be replayed on this machine. */
export interface Example {
  readonly model: string;
  /** What a row of its log is, in the plural. */
  readonly things: string;
  /** What is replayed, and whether it was measured or invented. */
  readonly opening: (share: number) => string;
  /** What the report ends with: how the watcher did where the truth is known. */
  readonly epilogue: (state: ModelState) => readonly string[];
  readonly open: (options: { readonly dataRoot: string; readonly share: number }) => Promise<ProductionSimulator>;
}

/** By model. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  'flight-delay': {
    model: 'flight-delay',
    things: 'flights',
    opening: (share) =>
      `Replaying US flights of 2001, ${share < 1 ? `a ${Number((share * 100).toPrecision(3))} % sample` : 'all 3 million'}`,
    epilogue: () => [],
    open: ({ dataRoot, share }) => openProductionSimulator({ source: flightsFile(), dataRoot, share }),
  },
  'voice-search': {
    model: 'voice-search',
    things: 'queries',
    opening: () => 'Simulated queries of a voice search: drawn by a generator, of people and names that do not exist',
    epilogue: (state) => phraseDetections(scoreDetections(groundTruth(), state)),
    open: ({ dataRoot }) => openVoiceSimulator({ dataRoot }),
  },
};
