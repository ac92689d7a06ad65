import type { Browser } from '@playwright/test';
import { readAnswerGrowth, recordAnswerGrowth } from './answer-growth.ts';
import { expect, test } from './fixtures.ts';
import { ChatTab } from './person/chat-tab.ts';
import { failedRequests } from './trouble.ts';

/** Choose "Share" from the menu of the open chat and make its link. @returns the link */
async function makeLink({ page }: ChatTab): Promise<string> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Create link' }).click();
  return page.getByRole('textbox', { name: 'Link' }).inputValue();
}

/** A page in a browser without a session. */
async function openStranger(browser: Browser): Promise<ChatTab> {
  return new ChatTab(await (await browser.newContext()).newPage());
}

test('a stranger follows a shared answer word by word, over a reload, to its end', async ({ tab, script, browser, trouble }) => {
  const question = script('words=30 stamp');
  await tab.begin(question.text);
  question.release(5);
  await expect(tab.answer).toHaveText(await question.said(5));
  const link = await makeLink(tab);

  const stranger = await openStranger(browser);
  trouble.watch(stranger.page.context());
  await recordAnswerGrowth(stranger.page);
  const response = await stranger.page.goto(link);
  expect(response?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': /noindex/ });
  expect(await response?.text()).toContain(await question.said(5));
  for (const words of [6, 7, 8]) {
    question.release(1);
    await expect(stranger.answer).toHaveText(await question.said(words));
  }
  await expect(stranger.status).toHaveText('Writing…');
  const growth = await readAnswerGrowth(stranger.page);
  expect(growth.every((text, i) => text.startsWith(growth[i - 1] ?? ''))).toBe(true);

  await stranger.page.reload();
  await expect(stranger.answer).toHaveText(await question.said(8));
  await expect(stranger.answer).toHaveAttribute('aria-busy', 'true');
  for (const control of [stranger.box, stranger.sendButton, stranger.stopButton, stranger.chats]) await expect(control).toHaveCount(0);

  question.release(22);
  await expect(stranger.answer).toHaveAttribute('aria-busy', 'false');
  await expect(stranger.answers).toHaveText([await question.saidAll()]);
  await expect(stranger.questions).toHaveText([question.text]);
  await expect(stranger.page.getByRole('button', { name: 'Regenerate' })).toHaveCount(0);
  await expect(stranger.page.getByRole('button', { name: 'Edit' })).toHaveCount(0);

  // What is said later is read, too.
  const next = script('words=3 stamp');
  await tab.page.keyboard.press('Escape');
  await tab.ask(next.text);
  next.release(3);
  await expect(stranger.answers).toHaveCount(2);
  await expect(stranger.answer).toHaveText(await next.saidAll());
  await stranger.page.context().close();
});

test('a shared page finds its way back after the web server has gone', async ({ tab, script, browser, stack, trouble }) => {
  const question = script('words=20 stamp');
  await tab.begin(question.text);
  question.release(5);
  const link = await makeLink(tab);
  const stranger = await openStranger(browser);
  await stranger.page.goto(link);
  // Once it has heard something live, its connection stands.
  question.release(1);
  await expect(stranger.answer).toHaveText(await question.said(6));
  await stranger.mark();
  trouble.expect(failedRequests);
  await stack.killWeb();
  question.release(4);
  await expect(stranger.status).toHaveText('Reconnecting…');
  await stack.startWeb();
  await expect(stranger.answer).toHaveText(await question.said(10));
  question.release(10);
  await expect(stranger.answer).toHaveText(await question.saidAll());
  await expect(stranger.neverReloaded).toHaveCount(1);
  await stranger.page.context().close();
});

test('ending the sharing ends it at once, where the link is open, too', async ({ tab, script, browser }) => {
  const question = script('words=20 stamp');
  await tab.begin(question.text);
  question.release(5);
  const link = await makeLink(tab);
  const stranger = await openStranger(browser);
  await stranger.page.goto(link);
  await expect(stranger.answer).toHaveText(await question.said(5));

  await tab.page.getByRole('button', { name: 'End sharing' }).click();
  await expect(stranger.page.getByRole('heading', { name: 'This link is no longer shared' })).toBeVisible();
  await expect(stranger.conversation).toHaveCount(0);
  const again = await stranger.page.reload();
  expect(again?.status()).toBe(404);
  await expect(stranger.page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();

  await expect(tab.page.getByText('Nobody can read the chat by that link any more')).toBeVisible();
  await tab.page.getByRole('button', { name: 'Create link' }).click();
  const field = tab.page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/\/share\/[\w-]{32}$/);
  expect(await field.inputValue()).not.toBe(link);
  question.release(15);
  await stranger.page.context().close();
});

test('a chat is shared from its menu, the list and the palette, and says so', async ({ person, tab, script }) => {
  const { page } = tab;
  const question = script('words=1');
  const chatId = await tab.begin(question.text);
  question.release(1);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const elsewhere = await person.openTab();
  const mark = page.getByRole('main').getByRole('button', { name: 'Shared by link' });
  await expect(mark).toHaveCount(0);

  const link = await makeLink(tab);
  await expect(page.getByRole('button', { name: 'Link to clipboard' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Copied')).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await expect(page.getByRole('link', { name: 'Preview' })).toHaveAttribute('href', link);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More', exact: true })).toBeFocused();
  await expect(mark).toBeVisible();
  await expect(elsewhere.line(/Question/).getByRole('img', { name: 'Shared by link' })).toBeVisible();

  const field = page.getByRole('textbox', { name: 'Link' });
  await mark.click();
  await expect(field).toHaveValue(link);
  await page.keyboard.press('Escape');
  await expect(mark).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('option', { name: 'Share this chat' }).click();
  await expect(field).toHaveValue(link);
  await page.keyboard.press('Escape');
  await elsewhere.choose('Question', 'Share');
  await expect(elsewhere.page.getByRole('textbox', { name: 'Link' })).toHaveValue(link);
  await elsewhere.page.getByRole('button', { name: 'End sharing' }).click();
  await expect(mark).toHaveCount(0);
  expect(await person.api.get('share.find', { chatId })).toEqual({ share: null });
});

test('the dialog about the link fits a phone', async ({ tab, script }) => {
  const { page } = tab;
  await page.setViewportSize({ width: 360, height: 640 });
  const question = script('words=1');
  await tab.begin(question.text);
  question.release(1);
  await makeLink(tab);
  const box = (await page.getByRole('dialog').boundingBox())!;
  expect([box.x >= 0, box.y >= 0, box.x + box.width <= 360, box.y + box.height <= 640]).toEqual([true, true, true, true]);
});

test('a link that was never made shows the page of what is missing', async ({ browser }) => {
  const { page } = await openStranger(browser);
  const response = await page.goto(`/share/${'x'.repeat(32)}`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  expect((await page.goto(`/share/${'x'.repeat(500)}`))?.status()).toBe(404);
  await page.context().close();
});
