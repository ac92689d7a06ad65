import type { Page } from '@playwright/test';

type Recorder = { answerTexts?: string[] };

/** From now on each page notes every text that its last answer shows, from the server's HTML on. */
export async function recordAnswerGrowth(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const texts: string[] = [];
    (window as Recorder).answerTexts = texts;
    const note = () => {
      const answers = document.querySelectorAll('article[aria-label="Assistant"]');
      const text = answers[answers.length - 1]?.textContent;
      const isNew = text !== undefined && text !== null && text !== texts.at(-1);
      if (isNew || (answers.length === 0 && texts.length > 0)) texts.push(text ?? '');
    };
    new MutationObserver(note).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

/** What was noted since the page was loaded. */
export function readAnswerGrowth(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as Recorder).answerTexts ?? []);
}
