import { phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';

const SHOWN = 6;

/** The evidence, and why newer rows should help. */
export function whyRetrain({ request }: Pick<RetrainingTextFacts, 'request'>): string {
  const shown = request.because.slice(0, SHOWN).map((because) => {
    const rows = because.window === null ? '' : ` (${phraseWindow(because.window)})`;
    return `${markdownText(because.text, 300)}${rows}`;
  });
  const more = request.because.length > SHOWN ? [`and ${request.because.length - SHOWN} more: \`holdfast explain ${request.id}\``] : [];
  return section('Why', bullets([...shown, ...more]), hypothesis(request));
}

function hypothesis({ spec }: RetrainingTextFacts['request']): string {
  const [first] = spec.challengers;
  if (spec.recalibrate !== undefined && first !== undefined) {
    return `The order of scores still holds, their level does not: nothing is trained. ${spec.version} keeps the weights of ${spec.champion}, byte for byte, and puts a curve over its scores, fitted on ${phraseWindow(first.range)} and judged on ${phraseWindow(spec.heldOut)}, which neither was fitted on. If that does not gain for sure, the gate fails and this closes.`;
  }
  const ranges = spec.challengers.map((challenger) => `${challenger.name} (${phraseWindow(challenger.range)})`).join(' and ');
  return `Newer rows hold what changed: ${spec.challengers.length === 1 ? 'one challenger is' : `${spec.challengers.length} challengers are`} trained on ${ranges}, and judged on ${phraseWindow(spec.heldOut)}, which none of them sees. If that does not beat the champion, the gate fails and this closes.`;
}
