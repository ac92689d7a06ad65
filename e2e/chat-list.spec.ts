import { expect, test } from './fixtures.ts';
import type { Person } from './person/person.ts';
import type { Stack } from './stack/stack.ts';
import { failedRequests } from './trouble.ts';

/** Chats by title, the last one the newest; each so many days old. */
async function createChats(stack: Stack, person: Person, chats: Record<string, number>): Promise<void> {
  for (const [title, days] of Object.entries(chats)) {
    const chatId = await person.api.createChat(title);
    await stack.changeRows(`UPDATE chat SET last_activity_at = now() - make_interval(days => $2) WHERE id = $1`, [chatId, days]);
  }
}

test.describe('in another time zone than the server’s', () => {
  test.use({ timezoneId: 'Pacific/Kiritimati' });

  test('the list is grouped by the person’s days, on the server’s page too once it knows them', async ({
    stack,
    browser,
    trouble,
    newPerson,
  }) => {
    const person = await newPerson();
    await createChats(stack, person, { Oldest: 800, Older: 6, Yesterdays: 1, Todays: 0 });
    const context = await browser.newContext({ timezoneId: 'Pacific/Kiritimati', baseURL: stack.url });
    trouble.watch(context);
    await context.addCookies(await person.context.cookies());
    const page = await context.newPage();
    await page.goto('/');
    const headings = page.getByRole('navigation', { name: 'Chats' }).getByRole('heading');
    const year = new Date(Date.now() - 800 * 86_400_000).getFullYear();
    const names = ['Today', 'Yesterday', 'Previous 7 days', new RegExp(` ${year}$`)];
    await expect(headings).toHaveText(names);
    await expect.poll(async () => (await context.cookies()).find(({ name }) => name === 'time-zone')?.value).toBe(
      'Pacific/Kiritimati',
    );
    const html = await (await context.request.get('/')).text();
    const instant = new Date();
    expect(html).toContain(`"timeZone":"Pacific/Kiritimati"`.replaceAll('"', String.raw`\"`));
    expect(html).toContain(new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(instant));
    await context.close();
  });
});

test('a pinned chat stands above the others, in every tab, until it is unpinned', async ({ stack, person, tab }) => {
  await createChats(stack, person, { Lighthouse: 3, Harbour: 1 });
  const other = await person.openTab();
  await tab.choose('Lighthouse', 'Pin');
  for (const each of [tab, other]) {
    await expect(each.chats.getByRole('list', { name: 'Pinned' }).getByRole('listitem')).toHaveText('Lighthouse');
    await expect(each.line('Lighthouse')).toHaveCount(1);
    await expect(each.chats.getByRole('listitem')).toHaveText(['Lighthouse', 'Harbour']);
  }
  await other.page.reload();
  await expect(other.chats.getByRole('listitem')).toHaveText(['Lighthouse', 'Harbour']);
  await other.choose('Lighthouse', 'Unpin');
  for (const each of [tab, other]) {
    await expect(each.chats.getByRole('listitem')).toHaveText(['Harbour', 'Lighthouse']);
    await expect(each.chats.getByRole('heading', { name: 'Pinned' })).toBeHidden();
  }
});

test('an archived chat is put away, found in the archive and taken out again', async ({ stack, person, tab }) => {
  await createChats(stack, person, { Lighthouse: 0, Harbour: 0 });
  await tab.choose('Lighthouse', 'Archive');
  await expect(tab.line('Lighthouse')).toBeHidden();
  await tab.page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab.line('Lighthouse')).toBeVisible();

  await tab.choose('Harbour', 'Archive');
  await expect(tab.line('Harbour')).toBeHidden();
  await tab.page.getByRole('button', { name: 'Archived' }).click();
  await expect(tab.chats.getByRole('listitem')).toHaveText(['Harbour']);
  await tab.choose('Harbour', 'Take out of the archive');
  await expect(tab.chats.getByText('Chats that you archive are kept here.')).toBeVisible();
  await tab.page.getByRole('button', { name: 'Back to the chats' }).click();
  await expect(tab.line('Harbour')).toBeVisible();
});

test('a deleted chat leaves at once and comes back whole with Undo', async ({ person, tab, script }) => {
  const question = script('words=3 stamp');
  const chatId = await tab.begin(question.text);
  question.release(3);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const said = await question.saidAll();
  const other = await person.openTab();
  await tab.choose(question.text.split(' ')[0]!, 'Delete');
  await expect(tab.page).not.toHaveURL(/\/chat\//);
  for (const each of [tab, other]) await expect(each.chats.getByRole('listitem')).toHaveCount(0);
  await tab.page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab.page).toHaveURL(new RegExp(chatId));
  await expect(tab.answer).toHaveText(said);
  for (const each of [tab, other]) await expect(each.chats.getByRole('listitem')).toHaveCount(1);
});

test('deleting a chat stops its answer, and says so; what was written comes back with Undo', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  await tab.begin(question.text);
  question.release(5);
  const said = await question.said(5);
  await expect(tab.answer).toContainText(said);
  await tab.choose(question.text.split(' ')[0]!, 'Delete');
  await expect(tab.page.getByText('Chat deleted, its answer stopped.')).toBeVisible();
  await question.until(({ abortedAt }) => abortedAt !== null);
  await tab.page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab.answer).toContainText(said);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.stopButton).toBeHidden();
});

test('a chat that could not be deleted is in the list again', async ({ stack, person, tab, trouble }) => {
  await createChats(stack, person, { Lighthouse: 0 });
  trouble.expect(failedRequests);
  await tab.page.route('**/api/trpc/chat.delete', (route) => route.abort());
  await tab.choose('Lighthouse', 'Delete');
  await expect(tab.page.getByText('The server cannot be reached.')).toBeVisible();
  await expect(tab.line('Lighthouse')).toBeVisible();
  await expect(tab.page.getByText('Chat deleted.')).toBeHidden();
});

test('the archive says when it cannot be had, and is asked again', async ({ stack, person, tab, trouble }) => {
  await createChats(stack, person, { Lighthouse: 0 });
  await tab.choose('Lighthouse', 'Archive');
  trouble.expect(failedRequests);
  const address = '**/api/trpc/chat.list*archived*';
  await tab.page.route(address, (route) => route.abort());
  await tab.page.getByRole('button', { name: 'Archived' }).click();
  await expect(tab.chats.getByText('The chats are loading')).toBeAttached();
  await expect(tab.chats.getByRole('alert')).toContainText('The chats could not be loaded.');
  await tab.page.unroute(address);
  await tab.chats.getByRole('button', { name: 'Try again' }).click();
  await expect(tab.line('Lighthouse')).toBeVisible();
});

test('the arrow keys lead from line to line', async ({ stack, person, tab }) => {
  await createChats(stack, person, { Third: 5, Second: 1, First: 0 });
  await expect(tab.chats.getByRole('listitem')).toHaveCount(3);
  await tab.chats.getByRole('link', { name: 'First' }).focus();
  await tab.page.keyboard.press('ArrowDown');
  await tab.page.keyboard.press('ArrowDown');
  await expect(tab.chats.getByRole('link', { name: 'Third' })).toBeFocused();
  await tab.page.keyboard.press('ArrowUp');
  await expect(tab.chats.getByRole('link', { name: 'Second' })).toBeFocused();
  await tab.page.keyboard.press('Enter');
  await expect(tab.page.getByRole('heading', { level: 1, name: 'Second' })).toBeVisible();
});

test('the list closes, stays closed over a reload, and opens again', async ({ tab }) => {
  await tab.page.getByRole('button', { name: 'Close the list' }).click();
  await expect(tab.chats).toBeHidden();
  await tab.page.reload();
  await expect(tab.box).toBeVisible();
  await expect(tab.chats).toBeHidden();
  await tab.page.getByRole('button', { name: 'Open the list' }).click();
  await expect(tab.chats).toBeVisible();
});
