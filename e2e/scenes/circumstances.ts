import { expect, type Page } from '@playwright/test';
import { failedRequests } from '../trouble.ts';
import { openFailedAnswer } from './failed-answer.ts';
import { openQueue } from './queue.ts';
import { tideAnswer, tideQuestion } from './sample-answers.ts';
import { type Scene, type Stage, text } from './scene.ts';

/** What is usual, where something else is not. */
export const circumstances: Scene[] = [
  { name: 'first-visit', open: openFirstVisit },
  { name: 'unsent', open: openUnsent },
  { name: 'mirrored', open: openMirrored },
  { name: 'forced-colors', open: openForcedColors },
  { name: 'german', open: openGerman },
  { name: 'broken-frame', open: openBrokenFrame },
];

/** Somebody's first look: no chat yet. */
async function openFirstVisit(stage: Stage): Promise<Page> {
  const person = await stage.newPerson();
  await person.api.signInAsGuest();
  const { page } = await person.openTab();
  await expect(page.getByText('Your chats will appear here.')).toBeAttached();
  return page;
}

/** As a system paints that knows only its own few colours. */
async function openForcedColors(stage: Stage): Promise<Page> {
  const { page } = await openQueue(stage);
  await page.emulateMedia({ forcedColors: 'active' });
  return page;
}

/** Laid out for a language that is written from right to left; the words are still those of another one. */
async function openMirrored(stage: Stage): Promise<Page> {
  const { page } = await openQueue(stage);
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  return page;
}

/** What has the longest sentences, in the language with the longest words. */
async function openGerman(stage: Stage): Promise<Page> {
  const { page } = await openFailedAnswer(stage);
  await page.context().addCookies([{ name: 'language', value: 'de', url: stage.stack.url }]);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Details' })).toBeVisible();
  return page;
}

/** A message that the server would not take. */
async function openUnsent(stage: Stage): Promise<Page> {
  const tab = await stage.openChat('The tide', [[text(tideQuestion)], [text(tideAnswer)]]);
  stage.trouble.expect(failedRequests);
  await tab.page.route('**/run.start*', (route) => route.abort());
  await tab.ask('And why not at the same hour each day?');
  await expect(tab.page.getByText(/^Not sent\./)).toBeVisible();
  return tab.page;
}

/** Something is broken that every page is made of. */
async function openBrokenFrame(stage: Stage): Promise<Page> {
  const person = await stage.newGuest();
  stage.trouble.expect(/no plurals|hydrat|Minified React error/i);
  await person.context.addInitScript(() => {
    Object.defineProperty(Intl, 'PluralRules', {
      get() {
        throw new Error('there are no plurals');
      },
    });
  });
  const page = await person.context.newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'That did not work' })).toBeVisible();
  return page;
}
