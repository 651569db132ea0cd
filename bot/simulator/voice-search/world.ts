import { artificialName, artificialWord } from './artificial-names.ts';

/**
 * The world of the simulated voice search, in one place: nothing here was measured, and no name in it names anybody. Days count from 0, the
 * first of them a Monday.
 */
export const FIRST_DAY = '2025-01-06T00:00:00Z';
export const WEEKS = 26;

/** What people want. The label of a query is one of these. */
export const INTENTS = ['call', 'film', 'music', 'navigate', 'news', 'sport', 'timer', 'weather'] as const;
export type Intent = (typeof INTENTS)[number];

/** How often each is wanted on an ordinary weekday. */
export const INTENT_SHARES: Readonly<Record<Intent, number>> = {
  call: 0.05,
  film: 0.12,
  music: 0.24,
  navigate: 0.1,
  news: 0.16,
  sport: 0.12,
  timer: 0.07,
  weather: 0.14,
};

/** Intents that are asked for by a name. */
export type NamedIntent = 'film' | 'music' | 'news' | 'sport';

/** Queries that say what is wanted; `{}` is a name, a place, a contact or a number. */
export const CLEAR_TEMPLATES: Readonly<Record<Intent, readonly string[]>> = {
  call: ['call {}', 'ring {} now', 'phone {}'],
  film: ['films with {}', 'trailer of the new one with {}', 'when does {} come to the cinema'],
  music: ['play {}', 'put on some {}', 'a song by {}'],
  navigate: ['take me to {}', 'route to {}', 'how far is {}'],
  news: ['news about {}', 'what did {} say today', 'did {} win the vote'],
  sport: ['score of {}', 'when do {} play', 'how did {} do'],
  timer: ['set a timer for {} minutes', 'wake me in {} minutes', '{} minutes please'],
  weather: ['weather in {}', 'will it rain in {}', 'how warm is {}'],
};

/** Queries that say nothing but the name: only who knows the name knows what is wanted. */
export const BARE_TEMPLATES = ['{}', 'show me {}', 'tell me about {}', 'what about {}', 'latest {}', '{} please'];
export const SHARE_OF_BARE = 0.55;

/** Names that were always there. A name's place in its list is its rank: the first is asked for most (Zipf's law with this exponent). */
export const NAMES: Readonly<Record<NamedIntent, readonly string[]>> = {
  film: Array.from({ length: 40 }, (_, index) => artificialName(index)),
  music: Array.from({ length: 60 }, (_, index) => artificialName(100 + index)),
  news: Array.from({ length: 40 }, (_, index) => artificialName(200 + index)),
  sport: Array.from({ length: 24 }, (_, index) => artificialName(300 + index)),
};
export const ZIPF_EXPONENT = 0.8;
export const PLACES = Array.from({ length: 30 }, (_, index) => artificialWord(900 + index));
export const CONTACTS = ['mum', 'dad', 'the office', 'the dentist', 'my sister', 'home'];

export interface NewName {
  readonly name: string;
  readonly intent: NamedIntent;
  /** First day on which anybody asks for it. */
  readonly from: number;
  /** Share of all queries once everybody knows it, `RAMP_DAYS` later. */
  readonly share: number;
}

/** A politician and a singer whom nobody knew rise in week 10; in week 22 a film and a club follow. */
export const NEW_NAMES: readonly NewName[] = [
  { name: artificialName(400), intent: 'news', from: 63, share: 0.06 },
  { name: artificialName(401), intent: 'music', from: 63, share: 0.05 },
  { name: artificialName(402), intent: 'news', from: 66, share: 0.02 },
  { name: artificialName(410), intent: 'film', from: 147, share: 0.05 },
  { name: artificialName(411), intent: 'sport', from: 147, share: 0.05 },
];
export const RAMP_DAYS = 10;

/** Awards are given: films are wanted more often, and that is all. */
export const AWARD_SEASON = { from: 42, to: 62, factor: 1.7 };
/** Matches are played. */
export const SPORT_AT_WEEKENDS = 2;

/** How people speak, and how often the recogniser writes one of their words wrong. */
export const ACCENTS = ['coast', 'north', 'south'] as const;
export type Accent = (typeof ACCENTS)[number];
export const ACCENT_SHARES: Readonly<Record<Accent, number>> = { coast: 0.28, north: 0.62, south: 0.1 };
export const WRONG_WORDS: Readonly<Record<Accent, number>> = { coast: 0.08, north: 0.04, south: 0.4 };
/** Words of names that the recogniser does not know yet are written wrong so much more often. */
export const WRONG_NEW_WORDS = 0.25;
/** More people with the southern accent start to use the product. */
export const ACCENT_GROWTH = { accent: 'south', from: 112, to: 132, share: 0.35 } as const;

export const REGIONS = ['east', 'hills', 'shore', 'west'] as const;
export const DEVICES = ['car', 'phone', 'speaker'] as const;

/** The service that adds the region sends nothing but "unknown", and every second transcript breaks off after its first word. */
export const BROKEN_UPSTREAM = { from: 91, to: 92, brokenShare: 0.5, region: 'unknown' };

/** Queries a day, by weekday from Monday, and their weight by hour. */
export const QUERIES_A_DAY = [1040, 1000, 1010, 1060, 1180, 1320, 1260];
export const HOUR_WEIGHTS = [4, 2, 1, 1, 1, 3, 9, 16, 18, 14, 12, 12, 14, 14, 12, 13, 15, 19, 22, 23, 21, 17, 12, 7];

/** Who agreed that the product may learn from their queries, which of those are labelled, and how. */
export const CONSENT_SHARE = 0.72;
export const LABELLED_SHARE = 0.45;
export const ANNOTATORS = ['annotator-1', 'annotator-2', 'annotator-3'];
export const ANNOTATOR_ERROR = 0.02;
export const SECOND_OPINION_SHARE = 0.1;
/** Days until a label arrives: each equally often. */
export const LABEL_DAYS = [1, 2, 3, 4];
