import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { DraftFiles } from './person/files.ts';

type Recorder = { announced?: string[] };

/** From now on the page notes what its polite regions come to say; one that comes with its words is not heard. */
async function recordAnnouncements(page: Page): Promise<void> {
  await page.evaluate(() => {
    const announced: string[] = [];
    (window as Recorder).announced = announced;
    const note = ([first]: MutationRecord[]) => {
      const place = first?.target instanceof Element ? first.target : first?.target.parentElement;
      const text = place?.closest('[aria-live=polite]')?.textContent;
      if (text) announced.push(text);
    };
    for (const region of document.querySelectorAll('[aria-live=polite]')) {
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}

const announcedIn = (page: Page) => () => page.evaluate(() => (window as Recorder).announced ?? []);

test('the first queued message is announced, and each that follows, once', async ({ tab, script }) => {
  const [question, first, second] = [script('words=4 stamp'), script('words=3 stamp'), script('words=3 stamp')] as const;
  await tab.begin(question.text);
  question.release(2);
  await expect(tab.answer).toContainText(await question.said(2));
  await recordAnnouncements(tab.page);
  const announced = announcedIn(tab.page);
  await tab.ask(first.text);
  await expect(tab.queued).toHaveCount(1);
  await expect.poll(announced).toEqual(['1 message waits for the answer to end']);
  await tab.ask(second.text);
  await expect(tab.queued).toHaveCount(2);
  await expect.poll(announced).toEqual(['1 message waits for the answer to end', '2 messages wait for the answer to end']);
});

test('the first attached file is announced', async ({ tab }) => {
  const files = new DraftFiles(tab.page);
  await expect(tab.page.locator('#file-input')).toBeAttached();
  await recordAnnouncements(tab.page);
  await files.choose({ name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# High tide at noon') });
  await expect(files.items).toHaveCount(1);
  await expect.poll(announcedIn(tab.page)).toContainEqual(expect.stringContaining('notes.md'));
});
