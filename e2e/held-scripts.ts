import type { Page } from '@playwright/test';

/** From the next page on, scripts that its HTML does not name wait, and its load event with them. @returns to let them through */
export async function holdLaterScripts(page: Page): Promise<() => void> {
  const released = Promise.withResolvers<void>();
  const html = await (await page.request.get(page.url())).text();
  await page.route('**/_next/static/**/*.js', async (route) => {
    if (!html.includes(new URL(route.request().url()).pathname)) await released.promise;
    await route.continue();
  });
  return released.resolve;
}
