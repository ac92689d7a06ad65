import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const wordsBefore = 18;
const words = 40;

test('an answer can be read before the code that renders it has come, and goes on once it has', async ({ tab, script }) => {
  const question = script(`words=${words}`);
  await tab.begin(question.text);
  question.release(wordsBefore);
  const point = tab.answer.getByRole('listitem').filter({ hasText: 'one' });
  await expect(point).toHaveCount(1);

  const release = await holdLaterScripts(tab.page);
  await tab.page.reload();
  await expect(point).toHaveCount(1);
  await tab.box.fill('typed meanwhile');
  await expect(tab.sendButton).toBeEnabled();
  question.release(words - wordsBefore);
  await expect(tab.status).toHaveText('');
  await expect(point).toHaveCount(1);

  release();
  await expect(tab.answer).toContainText(`1.${words}`);
  await tab.answer.getByRole('button', { name: 'Code to clipboard' }).first().click();
  expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toContain('const π = 3.14;');
  await expect(tab.box).toHaveValue('typed meanwhile');
});

/** From the next page on, scripts that its HTML does not name wait. @returns to let them through */
async function holdLaterScripts(page: Page): Promise<() => void> {
  const released = Promise.withResolvers<void>();
  const html = await (await page.request.get(page.url())).text();
  await page.route('**/_next/static/**/*.js', async (route) => {
    if (!html.includes(new URL(route.request().url()).pathname)) await released.promise;
    await route.continue();
  });
  return released.resolve;
}
