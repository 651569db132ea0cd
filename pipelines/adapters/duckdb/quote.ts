/** A name of a column or table in SQL text. The only place where names from a model definition become SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text value in SQL text. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number in SQL text, as a double. Throws a RangeError for NaN and infinite numbers. */
export function quoteNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return `(${value}::DOUBLE)`;
}

/** A point in time in SQL text, from seconds since the epoch. */
export function quoteTime(seconds: number): string {
  return `make_timestamp(${microseconds(seconds)}::BIGINT)`;
}

/** Whole microseconds as digits. Throws a RangeError where they would not be exact. */
export function microseconds(seconds: number): string {
  const micro = Math.round(seconds * 1e6);
  if (!Number.isSafeInteger(micro)) throw new RangeError(`not a time: ${seconds}`);
  return String(micro);
}

/** A list of texts in SQL text. */
export function quoteTexts(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(', ')}]`;
}
