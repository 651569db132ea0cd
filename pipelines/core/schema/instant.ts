import { z } from 'zod';

/** An instant: ISO-8601, UTC, whole seconds (`2001-03-05T00:00:00Z`). Text order is time order. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'write an instant as YYYY-MM-DDTHH:MM:SSZ (UTC)')
  .meta({ id: 'Instant' });
export type Instant = z.infer<typeof Instant>;

const SECONDS_PER_DAY = 86_400;

/** Seconds since 1970-01-01T00:00:00Z. Proleptic Gregorian; days-from-civil of H. Hinnant (howardhinnant.github.io/date_algorithms.html). */
export function epochSeconds(instant: Instant): number {
  const year = Number(instant.slice(0, 4));
  const month = Number(instant.slice(5, 7));
  const day = Number(instant.slice(8, 10));
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  const time = Number(instant.slice(11, 13)) * 3600 + Number(instant.slice(14, 16)) * 60 + Number(instant.slice(17, 19));
  return days * SECONDS_PER_DAY + time;
}

/** The instant at a number of seconds since 1970-01-01T00:00:00Z; fractions are cut off. Inverse of `epochSeconds`. */
export function instantFromEpoch(seconds: number): Instant {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / SECONDS_PER_DAY);
  const rest = whole - days * SECONDS_PER_DAY;
  const z1 = days + 719_468;
  const era = Math.floor(z1 / 146_097);
  const dayOfEra = z1 - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const hours = Math.floor(rest / 3600);
  const minutes = Math.floor((rest % 3600) / 60);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hours)}:${pad(minutes)}:${pad(rest % 60)}Z`;
}

/** The instant that lies `seconds` after (or, negative, before) another. */
export function addSeconds(instant: Instant, seconds: number): Instant {
  return instantFromEpoch(epochSeconds(instant) + seconds);
}
