import { readAnswerGrowth, recordAnswerGrowth } from './answer-growth.ts';
import { expect, test } from './fixtures.ts';
import { createSeededRandom, seed } from './seeded-random.ts';
import { ChatTab } from './person/chat-tab.ts';

const wordsPerPart = 40;

test('an answer goes on over three reloads at random moments, without loss, doubling or flicker', async ({
  person,
  script,
}, testInfo) => {
  testInfo.annotations.push({ type: 'seed', description: String(seed) });
  console.log(`seed ${seed}`);
  const random = createSeededRandom();
  const question = script(`words=${4 * wordsPerPart} delay=10 stamp`);
  const tab = new ChatTab(await person.context.newPage());
  await recordAnswerGrowth(tab.page);
  await tab.open();
  const chatId = await tab.begin(question.text);
  for (const part of [0, 1, 2]) {
    const moment = part * wordsPerPart + random(1, wordsPerPart);
    question.release(wordsPerPart);
    await question.until(({ sent }) => sent.split(' ').length > moment);
    await reloadAndCompare(tab);
    await expect(tab.answer).toHaveAttribute('aria-busy', 'true');
  }
  question.release(wordsPerPart);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const { sent } = await question.request();
  await expect(tab.answers).toHaveText([await question.saidAll()]);
  await expect(tab.questions).toHaveText([question.text]);
  expect(await person.api.texts(chatId)).toEqual([question.text, sent]);
  expectGrowth(await readAnswerGrowth(tab.page));
});

/** Whatever the page showed is in the reloaded page's HTML. */
async function reloadAndCompare(tab: ChatTab) {
  const growth = await readAnswerGrowth(tab.page);
  expectGrowth(growth);
  const shown = (await tab.answer.textContent()) ?? '';
  const response = await tab.page.reload({ waitUntil: 'commit' });
  expect(await response?.text()).toContain(shown);
  await tab.page.waitForLoadState();
}

/** Each text shown continues the one before. */
function expectGrowth(texts: string[]) {
  expect(texts).not.toHaveLength(0);
  for (const [index, text] of texts.entries()) {
    const previous = texts[index - 1] ?? '';
    expect(text.startsWith(previous), `after ${JSON.stringify(previous)} came ${JSON.stringify(text)}`).toBe(true);
  }
}
