import { expect } from '@playwright/test';
import { scriptQuestion } from '../stack/question.ts';
import { failedRequests, jumpedClock } from '../trouble.ts';
import { openFailedAnswer } from './failed-answer.ts';
import type { Scene, Stage } from './scene.ts';
import { openWritingAnswer } from './writing-answer.ts';

/** What the page says of a run, from its first moment to whatever it comes to. */
export const runScenes: Scene[] = [
  { name: 'waiting', open: async (stage) => (await openWritingAnswer(stage, 0)).page },
  { name: 'writing', open: async (stage) => (await openWritingAnswer(stage, 45)).page },
  {
    name: 'long-run',
    open: async (stage) => {
      const { page } = await openWritingAnswer(stage, 45);
      await page.context().grantPermissions(['notifications']);
      stage.trouble.expect(jumpedClock);
      await page.clock.install();
      await page.reload();
      await expect(page.getByRole('status')).toHaveText('Writing…');
      // The server's page says so, too, before anything counts the seconds.
      await expect(async () => {
        await page.clock.fastForward(20_000);
        await expect(page.getByRole('button', { name: 'Notify me' })).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await expect(page.getByRole('status')).toHaveText('Writing…');
      return page;
    },
  },
  {
    name: 'stopped',
    open: async (stage) => {
      const tab = await openWritingAnswer(stage, 45);
      await tab.stopButton.click();
      await expect(tab.page.getByText(/words kept · about/)).toBeVisible();
      return tab.page;
    },
  },
  { name: 'failed', open: async (stage) => (await openFailedAnswer(stage)).page },
  {
    name: 'run-details',
    open: async (stage) => {
      const { page } = await openFailedAnswer(stage);
      await page.getByRole('button', { name: 'Details' }).click();
      await expect(page.getByRole('dialog').getByText('End', { exact: true })).toBeVisible();
      return page;
    },
  },
  { name: 'reconnecting', open: (stage) => openCutOff(stage, 'Reconnecting…') },
  { name: 'offline', open: (stage) => openCutOff(stage, 'Offline. The answer goes on without you.') },
  { name: 'loading-chat', open: openLoadingChat },
];

/** A page finds out at the latest when nobody answers its ping. */
const untilNoticedMs = 30_000;

/** An answer in the middle of its writing, whose page has lost its server. */
async function openCutOff(stage: Stage, status: string) {
  const tab = await openWritingAnswer(stage, 45);
  const { page } = tab;
  // The server's page says that an answer is being written before there is anything to lose a connection.
  await tab.untilKeysAreHeard();
  stage.trouble.expect(failedRequests);
  // A browser that is set offline keeps the connections that it has.
  if (status.startsWith('Offline')) await page.context().setOffline(true);
  await stage.stack.killWeb();
  await expect(page.getByRole('status')).toHaveText(status, { timeout: untilNoticedMs });
  return page;
}

/** A chat that the history leads back to, on its way. */
async function openLoadingChat(stage: Stage) {
  const person = await stage.newGuest();
  const tab = await person.openTab();
  const question = scriptQuestion(stage.stack, 'words=1 stamp');
  await tab.begin(question.text);
  question.release(1);
  await expect(tab.answer).toHaveText(await question.saidAll());
  await tab.page.getByRole('button', { name: 'New chat' }).first().click();
  await tab.page.waitForURL('/');
  await tab.page.route('**/chat.get*', () => undefined);
  await tab.page.goBack();
  await expect(tab.page.getByText('The chat is loading')).toBeAttached();
  return tab.page;
}
