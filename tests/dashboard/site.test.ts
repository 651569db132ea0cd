import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { brokenLinks } from './broken-links.ts';
import { type BuiltSite, buildSite, filesOf, readPage, textOf } from './build-site.ts';
import { writeFixture } from './fixture.ts';
import { wellFormed } from './well-formed.ts';

let site: BuiltSite;
let pages: string[];

beforeAll(() => {
  site = buildSite();
  expect(site.output).toContain('Complete!');
  pages = filesOf(site.dir, '.html');
});

describe('the built site', () => {
  test('has a page for the portfolio, each model, version, decision, incident, and the rest', () => {
    expect(site.exitCode).toBe(0);
    expect(pages).toHaveLength(27);
    for (const page of [
      'index.html',
      'models/parcel-late/index.html',
      'models/parcel-late/drift/index.html',
      'models/parcel-late/value/index.html',
      'models/parcel-late/service/index.html',
      'models/parcel-late/versions/v2/index.html',
      'decisions/2/index.html',
      'incidents/4/index.html',
      'audit/index.html',
      'about/index.html',
      '404.html',
    ]) {
      expect(pages).toContain(page);
    }
  });

  test('has no link that leads nowhere', () => {
    const { checked, broken } = brokenLinks(site.dir, pages, '/');

    expect(broken).toEqual([]);
    expect(checked).toBeGreaterThan(300);
  });

  test('finds a planted broken link and a planted broken anchor', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-links-'));
    writeFileSync(join(folder, 'a.html'), '<a href="./b.html">b</a> <a href="#no">c</a> <a href="https://elsewhere.example/">d</a>');

    expect(brokenLinks(folder, ['a.html'], '/').broken).toEqual(['a.html → ./b.html', 'a.html → #no']);
  });

  test('gives each page a title of its own and a description', () => {
    const titles = pages.map((page) => /<title>([^<]+)<\/title>/.exec(readPage(site, page))?.[1]);

    expect(new Set(titles).size).toBe(pages.length);
    for (const page of pages) expect(readPage(site, page)).toMatch(/<meta name="description" content="[^"]{10,}"/);
  });

  test('asks nobody else for anything and keeps its content security policy', () => {
    for (const page of pages) {
      const html = readPage(site, page);
      expect(html).not.toMatch(/(src|srcset)="https?:/);
      expect(html).not.toMatch(/<link[^>]+href="https?:/);
      expect(html).not.toMatch(/ (style|on[a-z]+)="/);
      expect(html).toContain('http-equiv="content-security-policy"');
    }
  });

  test('keeps its budgets, compressed', () => {
    const size = (text: string) => gzipSync(text).length;
    const sizes = pages.map((page) => size(readPage(site, page)));
    const styles = /<style>([\s\S]*?)<\/style>/.exec(readPage(site, 'index.html'))?.[1] ?? '';
    const scripts = filesOf(site.dir, '.js').map((name) => ({ name, bytes: size(readPage(site, name)) }));
    const drawing = scripts.filter(({ name }) => name.includes('draw-chart'));
    const eager = scripts.filter(({ name }) => !name.includes('draw-chart')).reduce((sum, { bytes }) => sum + bytes, 0);

    expect(Math.max(...sizes)).toBeLessThan(30_000);
    expect(sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)]).toBeLessThan(15_000);
    expect(size(styles)).toBeGreaterThan(500);
    expect(size(styles)).toBeLessThan(10_000);
    expect(drawing).toHaveLength(1);
    expect(drawing[0]?.bytes).toBeLessThan(65_000);
    expect(eager).toBeLessThan(3000);
  });

  test('is the same, byte for byte, when it is built again', () => {
    const again = buildSite();

    for (const page of [...pages, ...filesOf(site.dir, '.json'), ...filesOf(site.dir, '.xml')])
      expect(readPage(again, page)).toBe(readPage(site, page));
  });
});

describe('the page of an incident that gathers several columns', () => {
  test('lists them, and says who took note of it and until when its issue is left alone', () => {
    const texts = pages.filter((page) => page.startsWith('incidents/')).map((page) => textOf(readPage(site, page)));
    const text = texts.find((one) => one.includes('What it gathers, by impact')) ?? '';

    expect(text).toMatch(/Inputs have moved/);
    expect(text).toMatch(/Acknowledged by oncall on \d+ Jun 2026\./);
    expect(text).toMatch(/Snoozed until \d+ Jul 2026: its issue is left alone\./);
    expect(text).toMatch(/Drift of distance\s+14 Jun 2026[\s\S]*Drift of hour\s+20 Jun 2026/);
  });
});

describe('the drift page', () => {
  test('says which columns differ together and which words burst', () => {
    const text = textOf(readPage(site, 'models/parcel-late/drift/index.html'));

    expect(text).toMatch(/Columns that tell the window from the reference/);
    expect(text).toMatch(/Words that burst in note/);
    expect(text).toMatch(/drone\s+55\s+2\s+6\.2/);
    expect(text).toMatch(/all columns\s*area of a classifier/);
  });
});

describe('without JavaScript', () => {
  test('the portfolio answers in its first lines', () => {
    const text = textOf(readPage(site, 'index.html'));

    expect(text).toContain('1 of 3 models needs action now; 1 more has no fresh data.');
    expect(text.indexOf('parcel-late')).toBeLessThan(text.indexOf('quote-accepted'));
    expect(text).toMatch(/✕ ?Act/);
    expect(text).toMatch(/◷ ?Unknown/);
    expect(text).toContain('Review pull request #7');
  });

  test('the status sentence, the value, its interval and n stand on the model page', () => {
    const text = textOf(readPage(site, 'models/parcel-late/index.html'));

    expect(text).toContain('Realised AUC is 0.607 against 0.645 promised: 0.038 worse, more than the 0.020 tolerated.');
    expect(text).toMatch(/0\.599 to 0\.615; n 10,500/);
  });

  test('each chart is a drawing with title and description, and a table with one row a point', () => {
    const figure =
      /<figure class="chart" id="performance-chart"[\s\S]*?<\/figure>/.exec(readPage(site, 'models/parcel-late/index.html'))?.[0] ?? '';
    const latest = /<desc[^>]*>Latest realised AUC: (0\.\d{3}) on/.exec(figure)?.[1];

    expect(figure.match(/<svg[^>]+role="img"/g)).toHaveLength(2);
    expect(figure).toMatch(/<title id="performance-chart-wide-title">Realised AUC<\/title>/);
    expect(figure.match(/<tr>/g)).toHaveLength(1 + 136);
    // The figure that the head of the page calls the present one.
    expect(latest).toBe('0.607');
    expect([...figure.matchAll(/data-v="([\d.]+)"/g)].map(([, value]) => Number(value).toFixed(3))).toContain(latest);
    expect(figure).toContain('no value');
    expect(figure).not.toContain('<canvas');
  });

  test('the estimate stands beside what was measured, with how often its band held the truth', () => {
    const html = readPage(site, 'models/parcel-late/index.html');
    const text = textOf(html);

    expect(html.match(/<path class="estimate" /g)?.length ?? 0).toBeGreaterThanOrEqual(2);
    expect(html).toContain('class="estimate-band"');
    expect(text).toMatch(/Before labels: ?Estimate without labels: AUC is probably 0\.\d{3}\./);
    expect(text).toMatch(/Precision ?Share of positive calls that were right\. ?0\.310 ?0\.300 to 0\.320 ?–/);
    expect(text).toMatch(/Label to come ?called 1 ?called 0 ?1 ?12\.0 % ?11\.0 to 13\.0 ?8\.0 %/);
    expect(text).toMatch(/The 95 % band of the estimate held the realised AUC in \d+ of \d+ stretches of 7 windows \(/);
    expect(text).toContain('it cannot see that the same input now has another answer');
    expect(text).toContain('Estimated (95 %)');
  });

  test('how late labels come, and which windows count, stand on the model page', () => {
    const html = readPage(site, 'models/parcel-late/index.html');
    const text = textOf(html);

    expect(text).toContain(
      '1 window of 136 still waits for 90.0 % of the labels that ever come (40.0 % of the labels of the newest may be expected to be in)',
    );
    expect(text).toContain('Half of the labels are in after 1 day, 90 % after 2 days');
    expect(text).toContain('Positive labels come sooner: after 1 day 90.0 % of them are in, and 65.0 % of the negative ones.');
    expect(html).toContain('id="lag-title"');
    expect(text).toContain('not yet');
  });

  test('the model card has its nine headings and says what was not stated', () => {
    const text = textOf(readPage(site, 'models/parcel-late/versions/v2/index.html'));

    for (const heading of [
      'Model details',
      'Intended use',
      'Factors',
      'Metrics',
      'Evaluation data',
      'Training data',
      'Quantitative analyses',
      'Ethical considerations Not stated.',
      'Caveats and recommendations',
    ])
      expect(text).toContain(heading);
  });

  test('slices and protected groups stand on the page of a version that they were measured of', () => {
    const text = textOf(readPage(site, 'models/parcel-late/versions/v1/index.html'));

    expect(text).toContain('12 slices of one and two columns were looked at on 2,500 rows');
    expect(text).toMatch(/young\s*declared\s*1,000\s*0\.120 \(0\.100 to 0\.140\)\s*0\.150 \(0\.130 to 0\.170\)/);
    expect(text).toMatch(/selection rate ratio.*0\.700 \(0\.680 to 0\.720\)\s*under 25, 25 or more/);
    expect(text).toContain('7 rows of groups too small to be compared are left out.');
  });

  test('the age of the data is said in absolute times', () => {
    const text = textOf(readPage(site, 'about/index.html'));

    expect(text).toContain('if it is later than 22 Jul 2026, 00:00 UTC, treat this page as out of date');
  });

  test('text from the log of events is escaped', () => {
    const html = readPage(site, 'audit/index.html');

    expect(html).toContain('As the policy &lt;says&gt; &amp;');
    expect(html).not.toContain('<says>');
  });
});

describe('for machines', () => {
  test('every JSON file parses and carries its schema version', () => {
    const files = filesOf(site.dir, '.json');

    expect(files.length).toBeGreaterThanOrEqual(15);
    for (const file of files) expect(JSON.parse(readPage(site, file))).toMatchObject({ schemaVersion: 1 });
  });

  test('page, JSON and feed say the same number', () => {
    const model = JSON.parse(readPage(site, 'api/v1/models/parcel-late.json'));
    const value: number = model.performance.now.value;

    expect(textOf(readPage(site, 'models/parcel-late/index.html'))).toContain(value.toFixed(3));
    expect(JSON.parse(readPage(site, 'api/v1/portfolio.json')).models[0].performance.now.value).toBe(value);
    expect(textOf(readPage(site, 'decisions/2/index.html'))).toContain('0.645');
    expect(textOf(readPage(site, 'feeds/all.xml'))).toContain('AUC 0.645 (0.637 to 0.653, n 9,000)');
  });

  test('a refused challenger has its table too, from the report that is kept beside the verdict', () => {
    const text = textOf(readPage(site, 'decisions/5/index.html'));

    expect(text).toContain('no clear difference');
    expect(text).toMatch(/0\.\d{3} 0\.\d{3} to 0\.\d{3}, n 9,000/);
    expect(text).not.toContain('No evaluation report');
  });

  test('the feed is well-formed Atom with permanent ids', () => {
    const feed = readPage(site, 'feeds/all.xml');

    expect(wellFormed(feed)).toBeNull();
    expect(wellFormed('<a><b></a>')).toBe('</a> closes <b>');
    expect(feed.match(/<entry>/g)).toHaveLength(7);
    for (const id of feed.matchAll(/<id>([^<]+)<\/id>/g)) expect(id[1]).toMatch(/^tag:github\.example,2026:holdfast:/);
  });

  test('a badge carries the day of its data', () => {
    expect(JSON.parse(readPage(site, 'badges/parcel-late/health.json'))).toMatchObject({
      label: 'parcel-late',
      message: 'act @ 20 Jul',
      isError: true,
    });
  });
});

describe('other circumstances', () => {
  test('without a state branch the build succeeds and deployed models are unknown', () => {
    const bare = buildSite({ HOLDFAST_STATE_DIR: '/nonexistent/state', HOLDFAST_REPOSITORY_URL: '' });

    expect(bare.exitCode).toBe(0);
    const text = textOf(readPage(bare, 'index.html'));
    expect(text).toContain('2 of 3 models have no fresh data, so overall health is unknown.');
    expect(text).not.toMatch(/✓ ?Healthy [1-9]/);
    expect(filesOf(bare.dir, '.html').every((page) => !readPage(bare, page).includes('github.example'))).toBe(true);
  });

  test('without any model the build succeeds and says what to do', () => {
    const empty = buildSite({ HOLDFAST_MODELS_DIR: '/nonexistent/models', HOLDFAST_STATE_DIR: '/nonexistent/state' });

    expect(empty.exitCode).toBe(0);
    expect(textOf(readPage(empty, 'index.html'))).toContain('No model is defined');
  });

  test('under a base path every link still leads somewhere', () => {
    const based = buildSite({ HOLDFAST_BASE: '/acme/site' });

    const { broken, checked } = brokenLinks(based.dir, filesOf(based.dir, '.html'), '/acme/site/');

    expect(broken).toEqual([]);
    expect(checked).toBeGreaterThan(300);
  });

  test('in simulated time no page accuses itself of the age of its log', () => {
    const simulated = buildSite({ HOLDFAST_CLOCK: 'simulated' });

    expect(readPage(simulated, 'index.html')).not.toContain('data-expected-by="');
    expect(textOf(readPage(simulated, 'index.html'))).toContain('simulated time');
  });

  test('a bad record fails the build with its file and field', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-bad-'));
    const settings = writeFixture(folder);
    const file = join(folder, 'state/state/v1/models/parcel-late.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"champion": "v2"', '"champion": "two"'));

    const failed = buildSite(settings);

    expect(failed.exitCode).not.toBe(0);
    expect(failed.output).toContain('parcel-late.json: champion: write a version as v1, v2');
    expect(existsSync(join(failed.dir, 'index.html'))).toBe(false);
  });
});
