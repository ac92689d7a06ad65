import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';

async function save({ page }: ChatTab, format: 'Markdown' | 'JSON') {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: `Export as ${format}` }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('a chat is saved in the middle of an answer, and whole', async ({ tab, script }) => {
  const question = script('words=6 stamp');
  const chatId = await tab.begin(question.text);
  question.release(3);
  const half = await question.said(3);
  await expect(tab.answer).toHaveText(half);
  const partial = await save(tab, 'Markdown');
  expect(partial.name).toMatch(/^Question-\d+.*\.md$/);
  expect(partial.text).toContain(half);
  expect(partial.text).toContain('still being written');

  question.release(3);
  const all = await question.saidAll();
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toHaveText(all);
  const { name, text } = await save(tab, 'JSON');
  expect(name).toMatch(/\.json$/);
  const chat = JSON.parse(text) as { id: string; messages: { role: string; parts: unknown[] }[] };
  expect(chat.id).toBe(chatId);
  expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(JSON.stringify(chat.messages[1]!.parts)).toContain(all);
});
