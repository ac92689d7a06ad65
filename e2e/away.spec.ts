import { expect, test } from './fixtures.ts';
import { setVisibility } from './set-visibility.ts';

test('the tab says that an answer is written, and that it ended while nobody looked', async ({ tab, script }) => {
  const { page } = tab;
  const icon = page.locator('link[rel="icon"]');
  const question = script('words=4 stamp');
  await tab.begin(question.text);
  question.release(2);
  await expect(page).toHaveTitle(/^● .* · Holdfast$/);
  await expect(icon).toHaveAttribute('href', /^data:image\/svg/);

  await setVisibility(page, 'hidden');
  question.release(2);
  await expect(tab.answer).toHaveText(await question.saidAll());
  await expect(page).toHaveTitle(/^✓ /);
  await setVisibility(page, 'visible');
  await expect(page).toHaveTitle(/^Question/);
  await expect(icon).toHaveAttribute('href', /icon/);
});
