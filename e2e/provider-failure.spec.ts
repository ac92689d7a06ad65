import { runErrors } from '#domain/run-error';
import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';

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
