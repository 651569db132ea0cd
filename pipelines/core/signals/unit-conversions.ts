/** A confusion of units: value · factor + offset is what arrives when the other unit is written. */
export interface UnitConversion {
  readonly to: string;
  readonly factor: number;
  readonly offset: number;
}

/** Units of one quantity: value in the base unit = value · factor + offset. Factors by definition (https://www.bipm.org/en/publications/si-brochure, https://en.wikipedia.org/wiki/Conversion_of_units). */
interface KnownUnit {
  readonly names: readonly string[];
  readonly factor: number;
  readonly offset?: number;
}

const QUANTITIES: readonly (readonly KnownUnit[])[] = [
  [
    { names: ['kilometres', 'kilometers', 'kilometre', 'kilometer', 'km'], factor: 1000 },
    { names: ['metres', 'meters', 'metre', 'meter', 'm'], factor: 1 },
    { names: ['centimetres', 'centimeters', 'cm'], factor: 0.01 },
    { names: ['millimetres', 'millimeters', 'mm'], factor: 0.001 },
    { names: ['miles', 'mile', 'mi'], factor: 1609.344 },
    { names: ['feet', 'foot', 'ft'], factor: 0.3048 },
    { names: ['inches', 'inch', 'in'], factor: 0.0254 },
  ],
  [
    { names: ['kilograms', 'kilogram', 'kg'], factor: 1 },
    { names: ['grams', 'gram', 'g'], factor: 0.001 },
    { names: ['pounds', 'pound', 'lb', 'lbs'], factor: 0.45359237 },
    { names: ['ounces', 'ounce', 'oz'], factor: 0.028349523125 },
    { names: ['tonnes', 'tonne', 't'], factor: 1000 },
  ],
  [
    { names: ['celsius', 'degrees celsius', '°c', 'c'], factor: 1, offset: 273.15 },
    { names: ['fahrenheit', 'degrees fahrenheit', '°f', 'f'], factor: 5 / 9, offset: 273.15 - 160 / 9 },
    { names: ['kelvin', 'k'], factor: 1 },
  ],
  [
    { names: ['milliseconds', 'millisecond', 'ms'], factor: 0.001 },
    { names: ['seconds', 'second', 's'], factor: 1 },
    { names: ['minutes', 'minute', 'min'], factor: 60 },
    { names: ['hours', 'hour', 'h'], factor: 3600 },
    { names: ['days', 'day', 'd'], factor: 86_400 },
  ],
  [
    { names: ['km/h', 'kph', 'kilometres per hour', 'kilometers per hour'], factor: 1 / 3.6 },
    { names: ['m/s', 'metres per second', 'meters per second'], factor: 1 },
    { names: ['mph', 'miles per hour'], factor: 0.44704 },
    { names: ['knots', 'knot', 'kn'], factor: 1852 / 3600 },
  ],
  [
    { names: ['bytes', 'byte', 'b'], factor: 1 },
    { names: ['kilobytes', 'kb'], factor: 1000 },
    { names: ['megabytes', 'mb'], factor: 1_000_000 },
  ],
  [
    { names: ['share', 'fraction', 'ratio', 'probability'], factor: 100 },
    { names: ['percent', 'per cent', '%'], factor: 1 },
    { names: ['basis points', 'bp'], factor: 0.01 },
  ],
];

const CURRENCY = /^[A-Z]{3}$/;
const CURRENCIES = ['euros', 'euro', 'dollars', 'dollar', '€', '$', 'pounds sterling'];
const CENTS = ['cents', 'cent', 'pence'];

/** The confusions that a stated unit invites, e.g. miles written as kilometres; none for a unit that is not known. */
export function unitConversions(unit: string): readonly UnitConversion[] {
  const name = unit.trim().toLowerCase();
  if (CURRENCY.test(unit.trim()) || CURRENCIES.includes(name)) {
    return [
      { to: 'cents', factor: 100, offset: 0 },
      { to: 'thousands', factor: 0.001, offset: 0 },
    ];
  }
  if (CENTS.includes(name)) return [{ to: 'whole units of money', factor: 0.01, offset: 0 }];
  const family = QUANTITIES.find((units) => units.some(({ names }) => names.includes(name)));
  const own = family?.find(({ names }) => names.includes(name));
  if (family === undefined || own === undefined) return [];
  return family
    .filter((other) => other !== own)
    .map((other) => ({
      to: other.names[0] ?? '',
      factor: own.factor / other.factor,
      offset: ((own.offset ?? 0) - (other.offset ?? 0)) / other.factor,
    }));
}
