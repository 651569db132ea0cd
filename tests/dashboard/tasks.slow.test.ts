import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { brokenLinks } from './broken-links.ts';
import { type BuiltSite, buildSite, filesOf, readPage, textOf } from './build-site.ts';
import { writeTaskFixture } from './task-fixture.ts';

let site: BuiltSite;
let pages: string[];

beforeAll(async () => {
  site = buildSite(await writeTaskFixture(mkdtempSync(join(tmpdir(), 'holdfast-task-site-'))));
  expect(site.output).toContain('Complete!');
  pages = filesOf(site.dir, '.html').filter((page) => /^(index|models\/(intents|parcels))/.test(page));
}, 120_000);

const page = (path: string) => textOf(readPage(site, path));

describe('the site of a model of several classes and a regression', () => {
  test('has all their pages, and no link that leads nowhere', () => {
    expect(pages).toEqual(expect.arrayContaining(['index.html', 'models/intents/index.html', 'models/parcels/versions/v1/index.html']));
    expect(brokenLinks(site.dir, pages, '/').broken).toEqual([]);
  });

  test('names no metric that their tasks have not', () => {
    for (const each of pages) expect(page(each)).not.toMatch(/\bAUC\b|Log-loss|ROC|rocAuc|positive (case|row|call)|% positive/);
  });

  test('holds what is observed against the promise in the digits of the label', () => {
    const parcels = page('models/parcels/index.html');
    const intents = page('models/intents/index.html');

    expect(parcels).toMatch(/Realised Mean absolute error is \d\d\.\d\d against 7\.52 promised: \d\d\.\d\d worse/);
    expect(intents).toMatch(/Realised Accuracy is 0\.6\d\d against 0\.866 promised: 0\.1\d\d worse/);
  });

  test('shows what answers are worth, and says why a number has no value', () => {
    expect(page('models/intents/value/index.html')).toMatch(/Right answer, acted on 1\.00 Wrong answer, acted on −2\.00/);
    expect(page('models/parcels/value/index.html')).toContain('A regression makes no right and wrong calls to put a value on.');
  });

  test('shows drift of the called class by its name', () => {
    expect(page('models/intents/drift/index.html')).toMatch(/called class/);
  });

  test('writes model cards of their tasks', () => {
    const [intents, parcels] = ['intents', 'parcels'].map((name) => page(`models/${name}/versions/v1/index.html`));

    expect(intents).toContain('softmax regression');
    expect(intents).toMatch(/Macro F1/);
    expect(parcels).toMatch(/Mean absolute error 7\.52/);
    expect(parcels).toMatch(/R²/);
  });
});
