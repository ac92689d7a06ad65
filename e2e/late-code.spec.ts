import { expect, test } from './fixtures.ts';
import { holdLaterScripts } from './held-scripts.ts';
import { failedRequests } from './trouble.ts';

const wordsBefore = 18;
const words = 40;

test('an answer can be read before the code that renders it has come, and goes on once it has', async ({ tab, script }) => {
  const question = script(`words=${words}`);
  await tab.begin(question.text);
  question.release(wordsBefore);
  const point = tab.answer.getByRole('listitem').filter({ hasText: 'one' });
  await expect(point).toHaveCount(1);

  const release = await holdLaterScripts(tab.page);
  await tab.page.reload({ waitUntil: 'domcontentloaded' });
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

test('what is pressed and said before the code for it has come is not lost', async ({ tab, script }) => {
  const { page } = tab;
  const question = script('words=1 stamp');
  await tab.begin(question.text);
  question.release(1);
  await expect(tab.answer).toHaveText(await question.saidAll());

  const release = await holdLaterScripts(page);
  await page.reload({ waitUntil: 'domcontentloaded' });
  await tab.box.fill('typed meanwhile');
  await expect(tab.sendButton).toBeEnabled();
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error()) } }));
  const account = page.getByRole('button', { name: /^Account/ });
  await tab.answer.getByRole('button', { name: 'Copy' }).click();
  await account.focus();
  await page.keyboard.press('Enter');
  release();
  await expect(page.getByText('The browser did not allow access to the clipboard.')).toBeVisible();
  await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(account).toBeFocused();
});

test('a menu and a drawer whose code cannot be fetched say so, and open when it can', async ({ tab, trouble }) => {
  const { page } = tab;
  const html = await (await page.request.get('/')).text();
  trouble.expect(failedRequests);
  await page.route('**/_next/static/**/*.js', (route) => {
    return html.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort();
  });
  const told: string[] = [];
  page.on('dialog', (dialog) => {
    told.push(dialog.message());
    void dialog.accept();
  });
  await page.reload();
  const account = page.getByRole('button', { name: /^Account/ });
  await account.click();
  await expect.poll(() => told).toEqual(['The server cannot be reached.']);
  await page.setViewportSize({ width: 390, height: 844 });
  const list = page.getByRole('button', { name: 'Open the list' });
  await list.click();
  await expect.poll(() => told).toHaveLength(2);

  await page.unrouteAll();
  await list.click();
  await page.getByRole('dialog').getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});
