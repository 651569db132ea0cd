const DIGITS = 3;

/** A number for a sentence: three significant digits, whole numbers in full with thousands separated, tiny ones as a power of ten. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return String(Number(value.toPrecision(DIGITS)));
}

/** A share in per cent: `12.3 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(DIGITS))} %`;
}

/** A count of rows: `1 row`, `12,345 rows`. */
export function rowsText(rows: number): string {
  return `${figure(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

/** A p value: two digits, and no zero. */
export function probability(p: number): string {
  return p < 1e-12 ? 'p below 1e-12' : `p ${Number(p.toPrecision(2))}`;
}
