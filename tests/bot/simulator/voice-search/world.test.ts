import { describe, expect, it } from 'vitest';
import { artificialWord } from '../../../../bot/simulator/voice-search/artificial-names.ts';
import { groundTruth } from '../../../../bot/simulator/voice-search/ground-truth.ts';
import { mishear } from '../../../../bot/simulator/voice-search/mishear.ts';
import { type DrawnWeek, drawWeek } from '../../../../bot/simulator/voice-search/simulated-week.ts';
import { BROKEN_UPSTREAM, NEW_NAMES } from '../../../../bot/simulator/voice-search/world.ts';

const QUIET = drawWeek(3);

function shareOf(week: DrawnWeek, has: (query: DrawnWeek['queries'][number]) => boolean): number {
  return week.queries.filter(has).length / week.queries.length;
}

function names(week: DrawnWeek, name: string): number {
  return shareOf(week, ({ transcript }) => transcript.includes(name));
}

describe('the simulated voice search', () => {
  it('draws the same week every time, and another one for another number', () => {
    expect(drawWeek(3)).toEqual(QUIET);
    expect(drawWeek(4).queries[0]).not.toEqual(QUIET.queries[0]);
  });

  it('has unique ids in order of time', () => {
    const ids = QUIET.queries.map(({ id }) => id);
    const times = QUIET.queries.map(({ at }) => at);

    expect(new Set(ids).size).toBe(ids.length);
    expect([...times].sort()).toEqual(times);
    expect(times[0]?.slice(0, 10)).toBe('2025-01-20');
  });

  it('labels only those who consented, one to four days later, some of them twice by another annotator', () => {
    const consenting = new Map(QUIET.queries.map((query) => [query.id, query]));
    const annotators = new Map<string, string[]>();
    for (const { id, annotator } of QUIET.labels) annotators.set(id, [...(annotators.get(id) ?? []), annotator]);
    const twice = [...annotators.values()].filter(({ length }) => length === 2);

    expect(QUIET.labels.every(({ id }) => consenting.get(id)?.consent === true)).toBe(true);
    expect(QUIET.labels.every(({ id, at }) => at > (consenting.get(id)?.at ?? ''))).toBe(true);
    expect(twice.length / annotators.size).toBeGreaterThan(0.07);
    expect(twice.every(([first, second]) => first !== second)).toBe(true);
  });

  it('never names a newcomer before its day, and often a fortnight later', () => {
    const [first] = NEW_NAMES;
    const week = Math.floor((first?.from ?? 0) / 7) + 1;

    expect(names(drawWeek(week - 1), first?.name ?? '')).toBe(0);
    expect(names(drawWeek(week + 2), first?.name ?? '')).toBeGreaterThan(0.02);
  });

  it('asks for more films in the award season and for nothing else', () => {
    const films = (week: number) => shareOf(drawWeek(week), ({ intent }) => intent === 'film');

    expect(films(8)).toBeGreaterThan(1.3 * films(3));
    expect(films(11)).toBeLessThan(1.2 * films(3));
  });

  it('breaks the region and half of the transcripts for two days', () => {
    const week = drawWeek(Math.floor(BROKEN_UPSTREAM.from / 7) + 1);
    const broken = week.queries.filter(({ region }) => region === BROKEN_UPSTREAM.region);
    const days = new Set(broken.map(({ at }) => at.slice(0, 10)));
    const single = broken.filter(({ transcript }) => !transcript.includes(' ')).length / broken.length;

    expect([...days]).toEqual(['2025-04-07', '2025-04-08']);
    expect(single).toBeGreaterThan(0.45);
    expect(shareOf(week, ({ region }) => region === BROKEN_UPSTREAM.region)).toBeLessThan(2.2 / 7);
  });

  it('lets the group grow that the recogniser understands worst', () => {
    const south = (week: number) => shareOf(drawWeek(week), ({ accent }) => accent === 'south');

    expect(south(3)).toBeCloseTo(0.1, 1);
    expect(south(20)).toBeGreaterThan(0.3);
  });
});

describe('the words of the simulation', () => {
  it('differ for every number', () => {
    expect(new Set(Array.from({ length: 2000 }, (_, number) => artificialWord(number))).size).toBe(2000);
  });

  it('are misheard in one letter, in the same way every time', () => {
    const heard = mishear('weather', 0);

    expect(heard).toHaveLength(7);
    expect([...heard].filter((letter, place) => letter !== 'weather'[place])).toHaveLength(1);
    expect(mishear('weather', 0)).toBe(heard);
    expect(mishear('a', 1)).toBe('a');
  });
});

describe('the ground truth', () => {
  it('lists what happens, in order of time within its kind, with ends after beginnings', () => {
    const events = groundTruth();

    expect(events.map(({ name }) => name)).toEqual(['award season', 'new names', 'broken upstream', 'accent growth', 'new film and club']);
    expect(events.every(({ from, to }) => from < to)).toBe(true);
    expect([...events].sort((a, b) => (a.from < b.from ? -1 : 1))).toEqual(events);
  });
});
