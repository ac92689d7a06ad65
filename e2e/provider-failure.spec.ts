import { runErrors } from '#domain/run-error';
import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';
import { failedRequests } from './trouble.ts';

test.use({ settings: { RUN_FIRST_CHUNK_TIMEOUT_SECONDS: '3' } });

/** How the provider fails the first time, and what a person then reads. */
const failures = [
  { name: 'refuses the key', fault: 'status=401', reason: runErrors.PROVIDER_UNAUTHORIZED, kept: '' },
  { name: 'stays silent', fault: 'hang', reason: runErrors.PROVIDER_TIMEOUT, kept: '' },
  { name: 'breaks off', fault: 'cut-after=5', reason: runErrors.PROVIDER_CUT, kept: scriptedText(5) },
];

for (const { name, fault, reason, kept } of failures) {
  test(`a provider that ${name}: the page says why, and Retry works`, async ({ stack, tab, person }) => {
    const question = `${stack.nameQuestion()} [[words=10 ${fault} times=1]]`;
    const chatId = await tab.begin(question);
    await expect(tab.status).toHaveText(reason);
    await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
    expect(await person.api.texts(chatId)).toEqual([question, kept]);
    await tab.page.reload();
    await expect(tab.status).toHaveText(reason);

    await tab.retryButton.click();
    await expect(tab.answer).toContainText('1.10');
    await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
    await expect(tab.status).toHaveText('');
    await expect(tab.answers).toHaveCount(1);
    expect(await person.api.texts(chatId)).toEqual([question, scriptedText(10)]);
  });
}

test('a first answer that is over before the page follows it does not wait for ever', async ({ tab, person }) => {
  const mayConnect = Promise.withResolvers<void>();
  await tab.page.routeWebSocket('**/api/trpc', async (socket) => {
    await mayConnect.promise;
    socket.connectToServer();
  });
  await tab.open();
  const chatId = await tab.begin('[[words=10 status=401 times=1]]');
  await expect.poll(async () => (await person.api.latestRun(chatId)).status).toBe('failed');
  mayConnect.resolve();
  await expect(tab.status).toHaveText(runErrors.PROVIDER_UNAUTHORIZED);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
});

test('Continue goes on after the completed step; one that does not get through says so and loses nothing', async ({
  stack,
  tab,
  person,
  trouble,
}) => {
  const question = `${stack.nameQuestion()} [[words=10 tool=calculate cut-after=5 step=2 times=1]]`;
  const chatId = await tab.begin(question);
  await expect(tab.status).toHaveText(runErrors.PROVIDER_CUT);
  const partial = scriptedText(10) + scriptedText(5, 2);
  expect(await person.api.texts(chatId)).toEqual([question, partial]);

  trouble.expect(failedRequests);
  await tab.page.route('**/run.continue*', (route) => route.abort());
  await tab.continueButton.click();
  await expect(tab.page.getByText('Not started. The server cannot be reached.')).toBeVisible();
  await expect(tab.answer).toContainText('2.5');
  await expect(tab.retryButton).toBeEnabled();

  await tab.page.unroute('**/run.continue*');
  await tab.continueButton.click();
  await expect(tab.answer).toContainText('2.10');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.status).toHaveText('');
  await expect(tab.page.getByText('Not started.')).toBeHidden();
  expect(await person.api.texts(chatId)).toEqual([question, scriptedText(10) + scriptedText(10, 2)]);
  const asked = stack.model.requests.filter((request) => request.question === question);
  expect(asked.map(({ step }) => step)).toEqual([1, 2, 2]);
});
