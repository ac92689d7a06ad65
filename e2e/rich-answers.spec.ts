import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { longAnswer, longQuestion, mathAnswer, mathQuestion } from './scenes/sample-answers.ts';
import { Stage, text } from './scenes/scene.ts';

const turn = (question: string, answer: string) => [[text(question)], [text(answer)]];

/** Addresses of what the page has loaded that is only for formulas and diagrams. */
async function loadedFonts(page: Page): Promise<string[]> {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  return names.filter((name) => /KaTeX/.test(name));
}

test('code is coloured without changing its height, keeps its lines, and can be copied', async ({ stack, trouble, browser }) => {
  const stage = new Stage({ stack, trouble, browser });
  const person = await stage.newGuest();
  const tab = await stage.openChat('Leases', turn(longQuestion, longAnswer), person);
  const code = tab.answer.getByRole('group', { name: 'Code: SQL' });
  await expect(code.locator('span[style]').first()).toBeAttached();
  const inks = await code.locator('span[style]').evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
  expect(new Set(inks).size).toBeGreaterThan(2);

  const html = await (await person.context.request.get(tab.page.url())).text();
  expect(html).not.toContain('--code-keyword)');
  const box = await code.boundingBox();
  // Four lines and the padding: none of them is broken, however long.
  expect(Math.round((box!.height - 24) / 21.6)).toBe(4);
  expect(await code.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  await code.focus();
  await tab.page.keyboard.press('ArrowRight');
  await expect.poll(() => code.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);

  await tab.answer.getByRole('button', { name: 'Code to clipboard' }).first().click();
  expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toContain('FOR UPDATE SKIP LOCKED)\nRETURNING');
  expect(await loadedFonts(tab.page)).toEqual([]);
  await stage.close();
});

test('lines of code that are written keep their colours while the next ones come', async ({ tab, script }) => {
  const code = Array.from({ length: 12 }, (_, index) => `const line${index} = ${index};`).join('\n');
  const question = script(`say=${encodeURIComponent(`Look:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nThat is all.`)}`);
  await tab.begin(question.text);
  question.release(12);
  const first = tab.answer.locator('.code span[style]').first();
  await expect(first).toHaveText('const');
  await first.evaluate((element) => element.setAttribute('data-first', ''));
  const height = () => tab.answer.locator('.code').evaluate((element) => element.clientHeight);
  const lineHeight = 21.6;
  question.release(20);
  await expect.poll(async () => Math.round((await height()) / lineHeight)).toBeGreaterThan(7);
  question.release(60);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  expect(Math.round((await height() - 24) / lineHeight)).toBe(12);
  await expect(tab.answer.locator('.code [data-first]')).toHaveText('const');
  await expect(tab.answer.locator('.code span[style]', { hasText: 'const' })).toHaveCount(12);
});

test('formulas and diagrams are drawn, and what cannot be drawn is shown as it was written', async ({ stack, trouble, browser }) => {
  const stage = new Stage({ stack, trouble, browser });
  const broken = '```mermaid\nflowchart LR\n  A --> \n  --> nonsense {{\n```';
  const tab = await stage.openChat('Statistics', turn(mathQuestion, `${mathAnswer}\n\n${broken}`));
  await expect(tab.answer.locator('.katex')).toHaveCount(4);
  await expect(tab.answer.getByRole('img', { name: 'Diagram' })).toHaveCount(1);
  expect((await loadedFonts(tab.page)).length).toBeGreaterThan(0);
  const picture = tab.answer.getByRole('img', { name: 'Diagram' });
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await expect(tab.answer.getByText('This diagram could not be drawn')).toBeVisible();
  await expect(tab.answer.getByText('nonsense {{')).toBeVisible();

  const height = () => tab.answer.evaluate((element) => element.clientHeight);
  const before = await height();
  await tab.answer.getByRole('button', { name: 'Source of the diagram' }).click();
  await expect(tab.answer.getByText('Shapiro-Wilk')).toBeVisible();
  expect(await height()).toBe(before);
  await stage.close();
});

test('who reads further up is not moved, and is told when something new was written', async ({ tab, script }) => {
  const question = script('words=400');
  await tab.begin(question.text);
  question.release(200);
  await expect(tab.answer).toContainText('1.200');
  await tab.conversation.hover();
  await tab.page.mouse.wheel(0, -300);
  const jump = tab.page.getByRole('button', { name: 'Jump to latest' });
  await expect(jump).toBeVisible();
  const place = () => tab.conversation.evaluate((element) => element.scrollTop);
  const before = await place();
  question.release(200);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(jump).toContainText('New');
  expect(await place()).toBe(before);
  await jump.click();
  await expect(jump).toBeHidden();
  await expect(tab.conversation).toBeFocused();
  await expect(tab.answer.getByText('1.400')).toBeInViewport();
});
