import { expect, test } from './fixtures.ts';

test('the tab says that an answer is written, and that it ended while nobody looked', async ({ tab, script }) => {
  const { page } = tab;
  const icon = page.locator('link[rel="icon"]');
  const question = script('words=4 stamp');
  await tab.begin(question.text);
  question.release(2);
  await expect(page).toHaveTitle(/^● .* · Holdfast$/);
  await expect(icon).toHaveAttribute('href', /^data:image\/svg/);

  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  });
  question.release(2);
  await expect(tab.answer).toHaveText(await question.saidAll());
  await expect(page).toHaveTitle(/^✓ /);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(page).toHaveTitle(/^Question/);
  await expect(icon).toHaveAttribute('href', /icon/);
});
