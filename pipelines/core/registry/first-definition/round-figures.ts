const DAY = 86_400;

/** The largest 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not above a positive number. */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [8, 6, 5, 4, 3, 2.5, 2, 1.5, 1].find((each) => each * power <= value * (1 + 1e-9)) ?? 1;
  return Number((step * power).toPrecision(2));
}

/** A length of time in words: `4 weeks`, `10 days`, `6 hours`. */
export function phraseLength(seconds: number): string {
  const [count, unit] =
    seconds % (7 * DAY) === 0
      ? [seconds / (7 * DAY), 'week']
      : seconds % DAY === 0
        ? [seconds / DAY, 'day']
        : [Math.round(seconds / 3600), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
