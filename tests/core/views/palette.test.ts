import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SERIES, STATES, STEPS, SURFACES } from '../../../pipelines/core/views/palette.ts';
import { ciede2000, contrast, deltaE2000, type VISION } from './colour-difference.ts';

const THEMES = ['light', 'dark'] as const;
const VISIONS = ['normal', 'protan', 'deutan', 'tritan'] as const satisfies readonly (keyof typeof VISION)[];

describe('colour arithmetic', () => {
  // Pairs 1, 7, 13 and 25 of the test data of Sharma, Wu, Dalal 2005, table 1.
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ] as const)('CIEDE2000 of %j and %j is %f', (a, b, expected) => {
    expect(ciede2000(a, b)).toBeCloseTo(expected, 4);
  });

  test('contrast of black on white is 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  });
});

describe.each(THEMES)('palette, %s', (theme) => {
  const grounds = [SURFACES.page[theme], SURFACES.card[theme]];

  test.each(['text', 'muted', 'link'] as const)('%s reads on page and card', (name) => {
    for (const ground of grounds) expect(contrast(SURFACES[name][theme], ground)).toBeGreaterThanOrEqual(4.5);
  });

  test('borders of controls stand out', () => {
    for (const ground of grounds) expect(contrast(SURFACES.controlBorder[theme], ground)).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(STATES))('state %s reads on its tint, on page and card', (_name, { ink, tint }) => {
    for (const ground of [tint[theme], ...grounds]) expect(contrast(ink[theme], ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.entries(SERIES))('series %s reads on page and card', (_name, { colour }) => {
    for (const ground of grounds) expect(contrast(colour[theme], ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(VISIONS)('any two series differ by 20 or more with %s vision', (vision) => {
    const colours = Object.values(SERIES).map(({ colour }) => colour[theme]);

    const differences = colours.flatMap((a, index) => colours.slice(index + 1).map((b) => deltaE2000(a, b, vision)));

    expect(differences).toHaveLength(10);
    expect(Math.min(...differences)).toBeGreaterThanOrEqual(20);
  });

  test('steps of the drift table carry their text and differ from their neighbours, also with deutan vision', () => {
    for (const step of STEPS) expect(contrast(step[theme].ink, step[theme].fill)).toBeGreaterThanOrEqual(4.5);
    for (const [index, step] of STEPS.slice(1).entries()) {
      expect(deltaE2000(step[theme].fill, STEPS[index]?.[theme].fill ?? '', 'deutan')).toBeGreaterThanOrEqual(9);
    }
  });
});

test('the states cannot be told apart by colour alone, which is why icon and word are always there', () => {
  const inks = [STATES.act, STATES.watch, STATES.healthy].map((state) => state.ink.light);

  const worst = Math.min(...inks.flatMap((a, index) => inks.slice(index + 1).map((b) => deltaE2000(a, b, 'deutan'))));

  expect(worst).toBeLessThan(20);
});

test('tokens.css holds exactly these colours, and no other style sheet holds any', () => {
  const tokens = readFileSync(new URL('../../../dashboard/src/styles/tokens.css', import.meta.url), 'utf8');
  const others = ['site', 'tables', 'charts', 'events'].map((name) =>
    readFileSync(new URL(`../../../dashboard/src/styles/${name}.css`, import.meta.url), 'utf8'),
  );
  const themed = [
    ...Object.values(SURFACES),
    ...Object.values(STATES).flatMap(({ ink, tint }) => [ink, tint]),
    ...Object.values(SERIES).map(({ colour }) => colour),
    ...STEPS.flatMap(({ light, dark }) => [
      { light: light.fill, dark: dark.fill },
      { light: light.ink, dark: dark.ink },
    ]),
  ].map(({ light, dark }) => `light-dark(${light}, ${dark})`);

  const written = [...tokens.matchAll(/: (light-dark\([^)]*\));/g)].map((match) => match[1]);

  expect(new Set(written)).toEqual(new Set(themed));
  expect(others.join('\n')).not.toMatch(/#[0-9a-f]{3,8}\b/i);
});
