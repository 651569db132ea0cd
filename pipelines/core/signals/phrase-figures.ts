const DIGITS = 3;
/** More evidence tells a reader nothing. */
const LARGEST_EVIDENCE = 1e6;

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

/** A count of windows: `the window`, `the last 7 windows`. */
export function windowsText(windows: number): string {
  return windows === 1 ? 'the window' : `the last ${figure(windows)} windows`;
}

/** Evidence of drift: `31.4`, `28,497`, `more than 1,000,000`. */
export function evidenceText(total: number): string {
  if (total > LARGEST_EVIDENCE) return `more than ${figure(LARGEST_EVIDENCE)}`;
  return figure(total < 100 ? total : Math.round(total));
}
