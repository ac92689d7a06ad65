import { expect, test } from './fixtures.ts';
import { failedRequests } from './trouble.ts';

test('what is typed survives a reload, in a new chat and in one that exists', async ({ tab, person }) => {
  await tab.box.fill('Half a thought');
  await tab.page.reload();
  await expect(tab.box).toHaveValue('Half a thought');

  await tab.open(await person.api.createChat());
  await expect(tab.box).toHaveValue('');
  await tab.box.fill('Another one');
  await tab.page.reload();
  await expect(tab.box).toHaveValue('Another one');
});

test('a message that cannot be sent stays in the box, and Retry sends it once', async ({
  stack,
  tab,
  person,
  script,
  trouble,
}) => {
  const chatId = await person.api.createChat();
  await tab.open(chatId);
  const question = script('words=3 stamp');
  await tab.box.fill(question.text);
  trouble.expect(failedRequests);
  await stack.killWeb();
  await tab.sendButton.click();
  await expect(tab.page.getByText('The server cannot be reached.')).toBeVisible();
  await expect(tab.box).toHaveValue(question.text);

  await stack.startWeb();
  await tab.retryButton.click();
  question.release(3);
  await expect(tab.answer).toHaveText(await question.saidAll());
  await expect(tab.questions).toHaveText([question.text]);
  await expect(tab.box).toHaveValue('');
  expect(await person.api.texts(chatId)).toHaveLength(2);
});

test('a message whose acceptance got lost is not sent twice', async ({ tab, person, script, trouble }) => {
  const chatId = await person.api.createChat();
  await tab.open(chatId);
  const question = script('words=2 stamp');
  trouble.expect(failedRequests);
  await tab.page.routeWebSocket('**/api/trpc', () => undefined);
  await tab.page.route(/run\.follow/, (route) => route.abort());
  await tab.page.route(
    /run\.start/,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await tab.page.reload();
  await tab.ask(question.text);
  await expect(tab.box).toHaveValue(question.text);
  await tab.sendButton.click();
  await expect(tab.box).toHaveValue('');
  await expect(tab.questions).toHaveText([question.text]);

  await tab.page.unrouteAll();
  question.release(2);
  await tab.page.reload();
  await expect(tab.questions).toHaveText([question.text]);
  expect(await person.api.texts(chatId)).toHaveLength(2);
});
