import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import type { Api } from '#server/testing/api-client';
import { browserArguments } from '../../scripts/browser-arguments.js';
import { findBrowser } from '../../scripts/find-browser.js';
import { installProbe } from './page-probe.ts';

/** A tab that is measured, and its way behind the page. */
export type Tab = { page: Page; devTools: CDPSession };

export type MeasuredBrowser = {
  /** Opened on the page where a new chat begins; whoever opens it closes it. */
  openTab(): Promise<Tab>;
  close(): Promise<void>;
};

/** A Chromium with a fresh profile, signed in as whoever has the API's cookie. */
export async function openBrowser({ origin, cookie }: Api): Promise<MeasuredBrowser> {
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
  const context = await browser.newContext({ baseURL: origin });
  await installProbe(context);
  await context.addCookies(readCookies(origin, cookie));
  return {
    async openTab() {
      const page = await context.newPage();
      await page.goto('/', { waitUntil: 'networkidle' });
      return { page, devTools: await page.context().newCDPSession(page) };
    },
    close: () => browser.close(),
  };
}

function readCookies(origin: string, cookie: string): Parameters<BrowserContext['addCookies']>[0] {
  return cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url: origin };
  });
}
