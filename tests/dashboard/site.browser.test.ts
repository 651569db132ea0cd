import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltSite, buildSite, filesOf } from './build-site.ts';
import { serveFolder } from './serve-folder.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const LOOKS = [
  ['light', 1280],
  ['light', 320],
  ['dark', 320],
  ['dark', 1280],
] as const;

let site: BuiltSite;
let browser: Browser;
let server: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  site = buildSite();
  server = await serveFolder(site.dir);
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: QUIET });
});

afterAll(async () => {
  await browser.close();
  server.close();
});

/** Runs on a page of its own; anything that the page complains about on its console fails the test. */
async function onPage(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : undefined));
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(server.address + path);
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

async function violationsOf(page: Page): Promise<string[]> {
  return page.evaluate(
    async ({ source, tags }) => {
      const scope = globalThis as unknown as {
        axe?: { run(node: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      if (scope.axe === undefined) new Function(source)();
      const root = (globalThis as unknown as { document: unknown }).document;
      const result = await scope.axe?.run(root, { runOnly: { type: 'tag', values: tags } });
      return (result?.violations ?? []).map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    },
    { source: AXE, tags: TAGS },
  );
}

async function widths(page: Page): Promise<{ content: number; window: number }> {
  return page.evaluate('({ content: document.documentElement.scrollWidth, window: innerWidth })');
}

test('axe finds nothing on any page, light and dark, wide and narrow, tables open, and nothing scrolls sideways', async () => {
  const pages = filesOf(site.dir, '.html');
  const found: string[] = [];
  let looks = 0;
  for (const path of pages) {
    await onPage(path, { bypassCSP: true }, async (page) => {
      // axe comes from the test, not from the page: the page's own policy would stop it.
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const where = `${path}, ${colorScheme}, ${width} px`;
        found.push(...(await violationsOf(page)).map((violation) => `${where}: ${violation}`));
        const { content, window } = await widths(page);
        if (content !== window) found.push(`${where}: ${content} px wide`);
        looks += 1;
      }
    });
  }

  expect(looks).toBeGreaterThanOrEqual(96);
  expect(found).toEqual([]);
});

test('the harness sees: a bad page has violations', async () => {
  await onPage('index.html', { bypassCSP: true }, async (page) => {
    await page.evaluate(
      'document.body.insertAdjacentHTML(\'beforeend\', \'<img src="favicon.svg"><button></button><p style="color:#ddd;background:#fff">faint</p>\')',
    );

    const ids = (await violationsOf(page)).map((violation) => violation.split(':')[0]);

    expect(ids).toEqual(expect.arrayContaining(['image-alt', 'button-name', 'color-contrast']));
  });
});

describe('a chart', () => {
  const CHART = '#performance-chart';

  test('loads nothing until someone shows interest, then answers the pointer without moving anything', async () => {
    await onPage('models/parcel-late/index.html', { viewport: { width: 1280, height: 900 } }, async (page) => {
      const requested: string[] = [];
      page.on('request', (request) => (request.url().endsWith('.js') ? requested.push(request.url()) : undefined));
      await page.waitForTimeout(300);
      expect(requested).toEqual([]);
      // Places inside the figure: hovering may scroll the page.
      const places = () =>
        page.evaluate<number[]>(
          `(() => { const f = document.querySelector('${CHART}'); const top = f.getBoundingClientRect().top; return [f.offsetHeight, ...[...f.querySelectorAll('svg.wide, .sentence, summary')].map((one) => one.getBoundingClientRect().top - top)]; })()`,
        );
      const before = await places();

      await page.hover(`${CHART} .canvas-box`);
      await page.waitForSelector(`${CHART} [data-enhanced]`);

      expect(requested).toHaveLength(1);
      expect(requested[0]).toContain('draw-chart');
      expect(await places()).toEqual(before);
      expect(await page.getAttribute(`${CHART} canvas`, 'aria-hidden')).toBe('true');
      const [canvas, drawing] = await Promise.all([
        page.locator(`${CHART} canvas`).boundingBox(),
        page.locator(`${CHART} svg.wide`).boundingBox(),
      ]);
      for (const side of ['x', 'y', 'width', 'height'] as const)
        expect(Math.abs((canvas?.[side] ?? -99) - (drawing?.[side] ?? 99))).toBeLessThan(1);
    });
  });

  test('puts its points where the drawing has them', async () => {
    await onPage('models/parcel-late/index.html', { viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.focus(CHART);
      await page.waitForSelector(`${CHART} [data-enhanced]`);
      await page.keyboard.press('ArrowLeft');
      const end = await page.locator(`${CHART} svg.wide circle.dot[r="4"]`).boundingBox();
      const box = await page.locator(`${CHART} canvas`).boundingBox();
      if (end === null || box === null) throw new Error('nothing is drawn');
      const at = { x: end.x + end.width / 2 - box.x, y: end.y + end.height / 2 - box.y };

      const alpha: number = await page.evaluate(
        `(() => { const c = document.querySelector('${CHART} canvas'); const s = c.width / c.clientWidth; return c.getContext('2d').getImageData(Math.round(${at.x} * s), Math.round(${at.y} * s), 1, 1).data[3]; })()`,
      );

      expect(alpha).toBeGreaterThan(200);
    });
  });

  test('is read by arrow keys, point by point, in words with interval and n', async () => {
    await onPage('models/parcel-late/index.html', {}, async (page) => {
      await page.focus(CHART);
      await page.waitForSelector(`${CHART} [data-enhanced]`);

      await page.keyboard.press('ArrowLeft');
      const last = await page.textContent(`${CHART} output`);
      await page.keyboard.press('ArrowLeft');
      const before = await page.textContent(`${CHART} output`);

      expect(last).toMatch(/^20 Jul 2026: AUC 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\), n 10,500, alert$/);
      expect(before).toMatch(/^19 Jul 2026: /);
    });
  });
});

describe('without JavaScript', () => {
  test.each(['index.html', 'models/parcel-late/index.html', 'decisions/2/index.html'])('%s can be read', async (path) => {
    await onPage(path, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, async (page) => {
      expect(await page.isVisible('main h1')).toBe(true);
      expect(await page.isVisible('.status .pill')).toBe(true);
      expect(await page.locator('[data-expected-by]').isVisible()).toBe(false);
    });
  });

  test('the chart is drawn and its numbers open', async () => {
    await onPage('models/parcel-late/index.html', { javaScriptEnabled: false, viewport: { width: 320, height: 900 } }, async (page) => {
      expect(await page.isVisible('#performance-chart svg.narrow')).toBe(true);
      expect(await page.isVisible('#performance-chart svg.wide')).toBe(false);

      await page.click('#performance-chart summary');

      expect(await page.isVisible('#performance-chart tbody tr')).toBe(true);
    });
  });
});

test('a page that nobody rebuilt accuses itself, and a fresh one does not', async () => {
  for (const [day, accused] of [
    ['2026-07-20T06:00:00Z', false],
    ['2026-07-25T06:00:00Z', true],
  ] as const) {
    await onPage('index.html', {}, async (page) => {
      await page.clock.setFixedTime(new Date(day));
      await page.reload();

      expect(await page.isVisible('[data-expected-by]')).toBe(accused);
    });
  }
});

test('from a disk, without a server, pages read and lead to each other', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();

  await page.goto(`file://${site.dir}/index.html`);
  await page.click('main a:has-text("parcel-late")');

  expect(await page.textContent('h1')).toBe('parcel-late');
  expect(await page.isVisible('#performance-chart svg.wide')).toBe(true);
  await context.close();
});

test('tab leads first to the skip link, and it skips', async () => {
  await onPage('index.html', {}, async (page) => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');

    await page.keyboard.press('Enter');

    expect(await page.evaluate('document.activeElement.id')).toBe('content');
  });
});
