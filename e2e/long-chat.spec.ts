import { endingOfChat, insertLongChat } from '#server/testing/insert-long-chat';
import { expect, test } from './fixtures.ts';
import type { Person } from './person/person.ts';
import type { Stack } from './stack/stack.ts';

const count = 120;

async function createLongChat(stack: Stack, person: Person): Promise<string> {
  const chatId = await person.api.createChat('A long chat');
  await insertLongChat(stack.databaseWay.url, chatId, count);
  return chatId;
}

test('a long chat opens at its end, and all of it can soon be found', async ({ stack, person }) => {
  const tab = await person.openTab(await createLongChat(stack, person));
  const ending = tab.answer.getByText(endingOfChat);
  await expect(ending).toBeInViewport();
  const messages = tab.conversation.getByRole('article');
  await expect(messages).toHaveCount(count);
  await expect(messages.first()).toContainText('Question 1:');
  await expect(tab.questions.last()).toContainText(`Question ${count / 2}:`);
  await expect(ending).toBeInViewport();
  // Heights are estimated until what has them is near: who wants to the very beginning may have to scroll twice.
  await expect(async () => {
    await messages.first().scrollIntoViewIfNeeded();
    await expect(messages.first()).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(tab.answers.first().getByRole('table')).toBeVisible();
});

test('the earlier messages of a long chat come without moving what is read', async ({ stack, person }) => {
  const tab = await person.openTab(await createLongChat(stack, person));
  const read = tab.questions.filter({ hasText: `Question ${count / 2 - 1}:` });
  await read.scrollIntoViewIfNeeded();
  const place = await read.boundingBox();
  await expect(tab.conversation.getByRole('article')).toHaveCount(count);
  const later = await read.boundingBox();
  expect(Math.abs(later!.y - place!.y)).toBeLessThan(2);
});

test('the server renders the end of a long chat, not all of it', async ({ stack, person }) => {
  const chatId = await createLongChat(stack, person);
  const html = await (await person.context.request.get(`${stack.url}/chat/${chatId}`)).text();
  expect(html.match(/<article/g)).toHaveLength(20);
});
