import { expect, type Page } from '@playwright/test';
import { sampleFiles } from '#server/testing/sample-files';
import type { ChatTab } from '../person/chat-tab.ts';
import { DraftFiles } from '../person/files.ts';
import type { Stage } from './scene.ts';

/** A message that waits for its files, of every kind and in every state. */
export async function openDraftFiles(stage: Stage): Promise<Page> {
  const tab = await (await stage.newGuest()).openTab();
  const files = new DraftFiles(tab.page);
  const large = Buffer.alloc(10_485_761);
  await tab.box.fill('What do these have in common?');
  await files.choose(
    { name: 'harbour-at-low-tide.png', mimeType: 'image/png', buffer: await tab.page.screenshot() },
    { name: 'tide-tables-of-the-north-sea-2026.pdf', mimeType: 'application/pdf', buffer: sampleFiles.pdf },
    { name: 'everything.txt', mimeType: 'text/plain', buffer: large },
  );
  await files.transfer('paste', { text: 'The tide comes twice a day. '.repeat(200) });
  await expect(files.item('Pasted text.txt')).toContainText('KB');
  return tab.page;
}

/** A file on its way to the server. */
export async function openUpload(stage: Stage): Promise<Page> {
  const { page } = await (await stage.newGuest()).openTab();
  const files = new DraftFiles(page);
  await page.route('**/api/files?*', () => undefined);
  await files.choose({ name: 'harbour-at-low-tide.png', mimeType: 'image/png', buffer: await page.screenshot() });
  await expect(files.list.getByRole('progressbar')).toBeVisible();
  return page;
}

/** The same, sent. */
export async function openSentFiles(stage: Stage): Promise<ChatTab> {
  const tab = await (await stage.newGuest()).openTab();
  const picture = await tab.page.screenshot();
  await new DraftFiles(tab.page).choose(
    { name: 'harbour-at-low-tide.png', mimeType: 'image/png', buffer: picture },
    { name: 'tide-tables-of-the-north-sea-2026.pdf', mimeType: 'application/pdf', buffer: sampleFiles.pdf },
  );
  await tab.begin(`${stage.stack.nameQuestion()} What do these have in common? [[words=30]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  return tab;
}

/** A message that waits with its file behind an answer. */
export async function openQueuedFiles(stage: Stage): Promise<Page> {
  const tab = await (await stage.newGuest()).openTab();
  await tab.begin(`${stage.stack.nameQuestion()} [[words=400 rate=20]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'true');
  await new DraftFiles(tab.page).choose({ name: 'tide-tables.pdf', mimeType: 'application/pdf', buffer: sampleFiles.pdf });
  await tab.box.fill('And what do these say?');
  await expect(tab.sendButton).toBeEnabled();
  await tab.sendButton.click();
  await expect(tab.queued).toContainText(['tide-tables.pdf']);
  return tab.page;
}

export async function openPicture(stage: Stage): Promise<Page> {
  const { page } = await openSentFiles(stage);
  await page.getByRole('link', { name: 'Show harbour-at-low-tide.png' }).click();
  await expect(page.getByRole('dialog', { name: 'harbour-at-low-tide.png' }).getByRole('img')).toBeVisible();
  return page;
}
