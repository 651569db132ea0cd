import type { SeededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { oneOf, standardNormal, uniform, weightedPlace } from './draw.ts';
import { mishear, WAYS } from './mishear.ts';
import {
  ACCENT_GROWTH,
  ACCENT_SHARES,
  ACCENTS,
  type Accent,
  AWARD_SEASON,
  BARE_TEMPLATES,
  BROKEN_UPSTREAM,
  CLEAR_TEMPLATES,
  CONSENT_SHARE,
  CONTACTS,
  DEVICES,
  INTENT_SHARES,
  INTENTS,
  type Intent,
  NAMES,
  type NamedIntent,
  NEW_NAMES,
  PLACES,
  RAMP_DAYS,
  REGIONS,
  SHARE_OF_BARE,
  SPORT_AT_WEEKENDS,
  WRONG_NEW_WORDS,
  WRONG_WORDS,
  ZIPF_EXPONENT,
} from './world.ts';

/** One query as production sees it, and what was really wanted. */
export interface SimulatedQuery {
  readonly transcript: string;
  readonly intent: Intent;
  readonly accent: Accent;
  readonly region: string;
  readonly device: string;
  /** In [0, 1]. */
  readonly recogniserConfidence: number;
  /** Whether the speaker agreed that the product may learn from the query: only such queries are labelled, and only labelled ones trained on. */
  readonly consent: boolean;
}

/** One query of a day (days count from 0). */
export function drawQuery(day: number, random: SeededRandom): SimulatedQuery {
  const accent = drawAccent(day, random);
  const wanted = drawWish(day, random);
  const spoken = wanted.template.replace('{}', wanted.filling).split(' ');
  const unknown = new Set(wanted.isNew ? wanted.filling.split(' ') : []);
  const isWrong = spoken.map((word) => uniform(random) < WRONG_WORDS[accent] + (unknown.has(word) ? WRONG_NEW_WORDS : 0));
  const heard = spoken.map((word, place) => (isWrong[place] === true ? mishear(word, random.below(WAYS)) : word));
  const wrongShare = isWrong.filter(Boolean).length / spoken.length;
  const confidence = 0.93 - 0.35 * wrongShare + 0.03 * standardNormal(random);
  const broken = day >= BROKEN_UPSTREAM.from && day <= BROKEN_UPSTREAM.to;
  const cut = broken && uniform(random) < BROKEN_UPSTREAM.brokenShare;
  const region = oneOf(REGIONS, random);
  return {
    transcript: cut ? (heard[0] ?? '') : heard.join(' '),
    intent: wanted.intent,
    accent,
    region: broken ? BROKEN_UPSTREAM.region : region,
    device: oneOf(DEVICES, random),
    recogniserConfidence: Math.round(Math.min(1, Math.max(0, confidence)) * 1000) / 1000,
    consent: uniform(random) < CONSENT_SHARE,
  };
}

interface Wish {
  readonly intent: Intent;
  readonly template: string;
  readonly filling: string;
  /** Whether the filling is a name that is younger than the recogniser. */
  readonly isNew: boolean;
}

function drawWish(day: number, random: SeededRandom): Wish {
  let left = uniform(random);
  for (const { name, intent, from, share } of NEW_NAMES) {
    left -= share * Math.min(1, Math.max(0, (day - from + 1) / RAMP_DAYS));
    if (left < 0) return { intent, template: templateOf(intent, random), filling: name, isNew: true };
  }
  const weekend = day % 7 >= 5;
  const season = day >= AWARD_SEASON.from && day <= AWARD_SEASON.to ? AWARD_SEASON.factor : 1;
  const factor = (intent: Intent) => (intent === 'film' ? season : intent === 'sport' && weekend ? SPORT_AT_WEEKENDS : 1);
  const weights = INTENTS.map((intent) => INTENT_SHARES[intent] * factor(intent));
  const intent = INTENTS[weightedPlace(weights, random)] ?? 'music';
  return { intent, template: templateOf(intent, random), filling: fillingOf(intent, random), isNew: false };
}

function templateOf(intent: Intent, random: SeededRandom): string {
  return isNamed(intent) && uniform(random) < SHARE_OF_BARE ? oneOf(BARE_TEMPLATES, random) : oneOf(CLEAR_TEMPLATES[intent], random);
}

function fillingOf(intent: Intent, random: SeededRandom): string {
  if (isNamed(intent)) return NAMES[intent][weightedPlace(POPULARITY[intent], random)] ?? '';
  if (intent === 'timer') return String(5 * (1 + random.below(12)));
  return intent === 'call' ? oneOf(CONTACTS, random) : oneOf(PLACES, random);
}

function isNamed(intent: Intent): intent is NamedIntent {
  return Object.hasOwn(NAMES, intent);
}

const POPULARITY: Readonly<Record<NamedIntent, readonly number[]>> = {
  film: zipf(NAMES.film.length),
  music: zipf(NAMES.music.length),
  news: zipf(NAMES.news.length),
  sport: zipf(NAMES.sport.length),
};

function zipf(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => (index + 1) ** -ZIPF_EXPONENT);
}

function drawAccent(day: number, random: SeededRandom): Accent {
  const { accent, from, to, share } = ACCENT_GROWTH;
  const grown = Math.min(1, Math.max(0, (day - from + 1) / (to - from + 1)));
  const own = ACCENT_SHARES[accent] + grown * (share - ACCENT_SHARES[accent]);
  const others = (1 - own) / (1 - ACCENT_SHARES[accent]);
  const weights = ACCENTS.map((each) => (each === accent ? own : ACCENT_SHARES[each] * others));
  return ACCENTS[weightedPlace(weights, random)] ?? accent;
}
