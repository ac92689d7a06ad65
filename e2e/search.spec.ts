import { insertLongChat } from '#server/testing/insert-long-chat';
import { insertMessages } from '#server/testing/insert-messages';
import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';
import type { Person } from './person/person.ts';
import { text } from './scenes/scene.ts';
import type { Stack } from './stack/stack.ts';
import { failedRequests } from './trouble.ts';

/** A chat in which this was said, question and answer in turn. */
async function createChat(stack: Stack, person: Person, { title, said }: { title: string; said: string[] }) {
  const chatId = await person.api.createChat(title);
  await insertMessages(stack.databaseWay.url, chatId, said.map((each) => [text(each)]));
  return chatId;
}

/** Search by the button that everybody sees. */
async function search(tab: ChatTab, query: string) {
  await tab.page.getByRole('button', { name: 'Search', exact: true }).click();
  await tab.page.getByRole('combobox').fill(query);
  const dialog = tab.page.getByRole('dialog');
  return { dialog, options: dialog.getByRole('option'), marks: dialog.locator('mark') };
}

test('what was said is found, marked, and opened where it stands', async ({ stack, person, tab }) => {
  const chatId = await createChat(stack, person, { title: 'At sea', said: ['Which knot?', 'A **bowline** holds, and comes loose again.'] });
  await createChat(stack, person, { title: 'On land', said: ['Which shoes?', 'Boots hold.'] });
  const { options, marks } = await search(tab, 'bowline hol');
  const hit = options.filter({ hasText: 'A bowline holds, and comes loose again.' });
  await expect(hit).toContainText('At sea');
  await expect(options.filter({ hasText: 'Boots' })).toHaveCount(0);
  await expect(marks).toHaveText(['bowline', 'holds']);
  await hit.click();
  await expect(tab.page).toHaveURL(new RegExp(`/chat/${chatId}#m-`));
  await expect(tab.answer).toBeFocused();
  await expect(tab.answer).toBeInViewport();
});

test('the first line is chosen for every query, so that Enter opens it', async ({ stack, person, tab }) => {
  await createChat(stack, person, { title: 'At sea', said: ['Which knot at sea?', 'A bowline holds.'] });
  const chatId = await createChat(stack, person, { title: 'On land', said: ['Which shoes?', 'Boots hold.'] });
  const { options } = await search(tab, 'sea');
  await expect(options.filter({ hasText: 'Which knot at sea?' })).toBeVisible();
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await tab.page.getByRole('combobox').fill('boots');
  await expect(options).toHaveText([/^Boots hold/]);
  await expect(options).toHaveAttribute('aria-selected', 'true');
  await tab.page.keyboard.press('Enter');
  await expect(tab.page).toHaveURL(new RegExp(`/chat/${chatId}#m-`));
});

test('a message at the beginning of a long chat is brought into sight', async ({ stack, person, tab }) => {
  const chatId = await person.api.createChat('A long chat');
  await insertLongChat(stack.databaseWay.url, chatId, 120);
  const { options } = await search(tab, 'lease of run 4 kept');
  await options.filter({ hasText: 'Question 3:' }).click();
  const question = tab.questions.filter({ hasText: 'Question 3:' });
  await expect(question).toBeFocused();
  await expect(question).toBeInViewport();
});

test('a message of the open chat is brought into sight, as often as it is asked for', async ({ stack, person }) => {
  const chatId = await person.api.createChat('A long chat');
  await insertLongChat(stack.databaseWay.url, chatId, 60);
  const tab = await person.openTab(chatId);
  for (let time = 0; time < 2; time++) {
    const { options } = await search(tab, 'lease of run 20 kept');
    await options.filter({ hasText: 'Question 11:' }).click();
    await expect(tab.questions.filter({ hasText: 'Question 11:' })).toBeInViewport();
    await tab.page.getByRole('button', { name: 'Jump to latest' }).click();
    await expect(tab.questions.filter({ hasText: 'Question 11:' })).not.toBeInViewport();
  }
});

test('an address that names a message opens there', async ({ stack, person }) => {
  const chatId = await person.api.createChat('A long chat');
  await insertLongChat(stack.databaseWay.url, chatId, 60);
  const [, , third] = await person.api.messages(chatId);
  const tab = await person.openTab(`${chatId}#m-${third!.id}`);
  await expect(tab.questions.nth(1)).toBeInViewport();
});

test('chats are found by their titles, archived ones in the archive’s name', async ({ stack, person, tab }) => {
  await createChat(stack, person, { title: 'Blue whales', said: ['Hello', 'Yes?'] });
  const archivedId = await createChat(stack, person, { title: 'Minutes', said: ['A whale was seen.', 'Where?'] });
  await person.api.mutate('chat.archive', { chatId: archivedId, archived: true });
  const { options } = await search(tab, 'whale');
  await expect(options.filter({ hasText: 'A whale was seen.' })).toContainText('Archived');
  await options.filter({ hasText: 'Blue whales' }).click();
  await expect(tab.page.getByRole('heading', { level: 1, name: 'Blue whales' })).toBeVisible();
});

test('nobody finds what others said', async ({ stack, newPerson }) => {
  const [ann, bob] = [await newPerson(), await newPerson()];
  await createChat(stack, ann, { title: 'Secret harbour', said: ['the secret harbour', 'is kept'] });
  const { dialog } = await search(await bob.openTab(), 'secret harbour');
  await expect(dialog.getByText('Nothing was said about “secret harbour”.')).toBeVisible();
});

test('a search that fails says so and can be made again', async ({ stack, person, tab, trouble }) => {
  await createChat(stack, person, { title: 'At sea', said: ['Which knot?', 'A bowline.'] });
  trouble.expect(failedRequests);
  await tab.page.route('**/api/trpc/chat.search*', (route) => route.abort());
  const { dialog, options } = await search(tab, 'bowline');
  await expect(dialog.getByRole('alert')).toContainText('The search did not work.');
  await tab.page.unroute('**/api/trpc/chat.search*');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(options.filter({ hasText: 'A bowline.' })).toBeVisible();
});

test('more hits come on request', async ({ stack, person, tab }) => {
  const said = Array.from({ length: 30 }, (_, n) => `anchor number ${n}`);
  await createChat(stack, person, { title: 'At sea', said });
  const { options } = await search(tab, 'anchor');
  await expect(options.filter({ hasText: 'anchor number' })).toHaveCount(20);
  await options.filter({ hasText: 'Show more' }).click();
  await expect(options.filter({ hasText: 'anchor number' })).toHaveCount(30);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('what was said is found from the drawer', async ({ stack, browser, person, trouble }) => {
    await createChat(stack, person, { title: 'At sea', said: ['Which knot?', 'A bowline.'] });
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, baseURL: stack.url });
    trouble.watch(context);
    await context.addCookies(await person.context.cookies());
    const page = await context.newPage();
    await page.goto('/');
    await page.getByRole('button', { name: 'Open the list' }).tap();
    await page.getByRole('button', { name: 'Search', exact: true }).tap();
    await page.getByRole('combobox').fill('bowline');
    await page.getByRole('option').filter({ hasText: 'A bowline.' }).tap();
    await expect(page.getByRole('article', { name: 'Assistant' })).toBeInViewport();
    await expect(page.getByRole('dialog')).toBeHidden();
    await context.close();
  });
});
