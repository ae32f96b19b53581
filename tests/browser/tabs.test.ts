/** Many tabs of one browser: one connection for all of them, none for hidden ones. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postJson } from '../helpers/post-json.ts';
import { makeDay } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT_MS = 60_000;
/** A browser opens six connections to a server: with one a tab the seventh request waits for ever. */
const TABS = 10;
const ANSWERS_WITHIN_MS = 5000;

/** Runs before the page: lets a test hide the tab, as another one in front of it would. */
const CAN_BE_HIDDEN = `(() => {
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  window.hide = (value) => {
    hidden = value;
    document.dispatchEvent(new Event('visibilitychange'));
  };
})()`;

/** Runs in the page: how long a plain request takes, ms. */
const ASK = `(async () => {
  const beganMs = performance.now();
  const answer = await fetch('/health', { signal: AbortSignal.timeout(${ANSWERS_WITHIN_MS}) });
  return answer.ok ? performance.now() - beganMs : Infinity;
})()`;

/** Runs in the page: notes each change of the word for the connection. */
const RECORD_LINK = `(() => {
  window.linksSeen = [];
  new MutationObserver(() => window.linksSeen.push(document.querySelector('.link-state').innerText))
    .observe(document.querySelector('.link-state'), { childList: true, characterData: true, subtree: true });
})()`;

/** Runs in the page: what the figures beside the map were within a second. */
const RECORD_VITALS = `(async () => {
  const seen = [];
  for (const endMs = performance.now() + 1500; performance.now() < endMs; ) {
    seen.push(document.querySelector('.vitals dl')?.innerText ?? '');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seen;
})()`;

describe.skipIf(browserPath() === undefined)('many tabs of one browser', () => {
  let server: Served;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
    await makeDay(server.url);
    await postJson(`${server.url}/api/stream/start`, { speed: 60, catch_up: 'none' });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const watchers = async (): Promise<number> => {
    const health = (await (await fetch(`${server.url}/health`)).json()) as {
      checks: { live: { watchers: number } };
    };
    return health.checks.live.watchers;
  };
  const watched = (times: number) =>
    expect.poll(watchers, { timeout: PATIENT_MS, interval: 100 }).toBe(times);
  const simulatedMs = async (): Promise<number> => {
    const answer = await fetch(`${server.url}/api/stream/status`);
    const { simulated_time } = (await answer.json()) as { simulated_time: string };
    return Date.parse(simulated_time);
  };
  const inContext = async (work: (context: BrowserContext) => Promise<void>, script?: string) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(CAN_BE_HIDDEN);
    if (script !== undefined) await context.addInitScript(script);
    try {
      await work(context);
    } finally {
      await context.close();
    }
    await watched(0);
  };
  const open = async (context: BrowserContext, tab = 'map'): Promise<Page> => {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENT_MS);
    await page.goto(`${server.url}/#/${tab}`);
    return page;
  };
  const isLive = async (page: Page) => {
    await page.getByText('Connected').waitFor();
    await page.locator('.vitals dl, .stats').first().waitFor();
  };
  const clock = (page: Page) => page.locator('.clock time').getAttribute('datetime');
  const goesOn = async (page: Page) => {
    const before = await clock(page);
    await expect.poll(() => clock(page), { timeout: PATIENT_MS }).not.toBe(before);
  };

  it(`${TABS} of them share one connection, and a request is still answered`, async () => {
    await inContext(async (context) => {
      const pages: Page[] = [];
      // No map: ten that draw would keep the processor from anything else.
      for (let at = 0; at < TABS; at++) pages.push(await open(context, 'dashboard'));
      for (const page of pages) await isLive(page);
      await watched(1);
      for (const page of pages) {
        expect(await page.evaluate(ASK)).toBeLessThan(ANSWERS_WITHIN_MS);
      }
      // The first one, which opened the connection, is closed: the others hear no gap.
      const [first, second, ...rest] = pages;
      await second.evaluate(RECORD_LINK);
      const before = await watchers();
      await first.close();
      expect([before, await watchers()]).toEqual([1, 1]);
      for (const page of [second, ...rest]) await goesOn(page);
      expect(await second.evaluate('window.linksSeen')).toEqual([]);
      await watched(1);
    });
  });

  it('a hidden one closes the connection, and shows the present state when it is visible again', async () => {
    await inContext(async (context) => {
      const [one, other] = [await open(context), await open(context)];
      await isLive(one);
      await isLive(other);
      await one.evaluate('hide(true)');
      await goesOn(other);
      await watched(1);
      await other.evaluate('hide(true)');
      await watched(0);
      const left = Date.parse((await clock(one))!);
      await expect.poll(simulatedMs, { timeout: PATIENT_MS }).toBeGreaterThan(left + 180_000);
      const figures = one.evaluate(RECORD_VITALS) as Promise<string[]>;
      // It is asked for further down, or not at all if that comes to nothing.
      figures.catch(() => {});
      await one.evaluate('hide(false)');
      await expect
        .poll(() => clock(one).then((at) => Date.parse(at!)), { timeout: PATIENT_MS })
        .toBeGreaterThan(left + 180_000);
      // Nothing that is no more, and no empty world in between.
      expect((await figures).filter((text) => text === '')).toEqual([]);
      await watched(1);
      await goesOn(one);
    });
  });

  it('without shared workers each has its own, and a hidden one none', async () => {
    await inContext(async (context) => {
      const [one, other] = [await open(context), await open(context)];
      await isLive(one);
      await isLive(other);
      await watched(2);
      await one.evaluate('hide(true)');
      await watched(1);
      await one.evaluate('hide(false)');
      await watched(2);
      await goesOn(one);
      await other.close();
      await watched(1);
    }, 'delete window.SharedWorker');
  });
});
