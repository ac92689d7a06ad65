import { expect } from '@playwright/test';
import { ChatTab } from '../person/chat-tab.ts';
import { failedRequests } from '../trouble.ts';
import { openDraftFiles, openPicture, openQueuedFiles, openSentFiles, openUpload } from './attachments.ts';
import { openEditedQuestion, openVersions } from './branches.ts';
import { circumstances } from './circumstances.ts';
import { openOwnPrompts, openPrompts } from './prompts.ts';
import * as answers from './sample-answers.ts';
import { openQueue } from './queue.ts';
import { runScenes } from './run-scenes.ts';
import { type Scene, type Stage, text } from './scene.ts';
import { openEndedShare, openShareDialog, openSharedChat } from './shared-chat.ts';

/** All that the page can show. To add one: its name, and how to get there. */
export const scenes: Scene[] = [
  {
    name: 'sign-in',
    open: async (stage) => (await (await stage.newPerson()).openTab()).page,
  },
  {
    name: 'new-account',
    open: async (stage) => {
      const { page } = await (await stage.newPerson()).openTab();
      await page.getByRole('button', { name: 'I need an account' }).click();
      return page;
    },
  },
  { name: 'new-chat', open: async (stage) => (await (await stage.newGuest()).openTab()).page },
  { name: 'conversation', open: async (stage) => (await openConversation(stage)).page },
  { name: 'long-answer', open: async (stage) => (await openLongAnswer(stage)).page },
  {
    name: 'scrolled-up',
    open: async (stage) => {
      const { page, conversation } = await openLongAnswer(stage);
      await conversation.hover();
      await page.mouse.wheel(0, -400);
      await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
      return page;
    },
  },
  {
    name: 'math-and-diagram',
    open: async (stage) => {
      const { page, answer } = await stage.openChat('The normal distribution', turn(answers.mathQuestion, answers.mathAnswer));
      await expect(answer.locator('.katex-display')).toBeVisible();
      await expect(answer.getByRole('img', { name: 'Diagram' })).toBeVisible();
      return page;
    },
  },
  { name: 'queue', open: async (stage) => (await openQueue(stage)).page },
  {
    name: 'queue-paused',
    open: async (stage) => {
      const { page, queue, stopButton } = await openQueue(stage);
      await stopButton.click();
      await expect(queue.getByRole('button', { name: 'Resume now' })).toBeVisible();
      await queue.getByRole('button', { name: 'Edit' }).first().click();
      return page;
    },
  },
  { name: 'versions', open: openVersions },
  { name: 'edited-question', open: openEditedQuestion },
  { name: 'tools', open: openTools },
  { name: 'draft-files', open: openDraftFiles },
  { name: 'upload', open: openUpload },
  { name: 'queued-files', open: openQueuedFiles },
  { name: 'sent-files', open: async (stage) => (await openSentFiles(stage)).page },
  { name: 'picture', open: openPicture },
  { name: 'prompts', open: openPrompts },
  { name: 'own-prompts', open: openOwnPrompts },
  ...runScenes,
  ...circumstances,
  {
    name: 'account-menu',
    width: 'wide',
    open: async (stage) => {
      const { page } = await openConversation(stage);
      await page.getByRole('button', { name: /^Account/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      return page;
    },
  },
  {
    name: 'model-menu',
    open: async (stage) => {
      const { page } = await openConversation(stage);
      await page.getByRole('button', { name: /^Model:/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      return page;
    },
  },
  { name: 'rename', open: (stage) => openChatMenu(stage, 'Rename') },
  {
    name: 'deleted',
    open: async (stage) => {
      const tab = await openConversation(stage);
      await tab.choose('Rename the columns', 'Delete');
      await expect(tab.page.getByText('Chat deleted.')).toBeVisible();
      return tab.page;
    },
  },
  { name: 'chat-list', width: 'wide', open: openOldList },
  {
    name: 'empty-archive',
    width: 'wide',
    open: async (stage) => {
      const { page } = await openConversation(stage);
      await page.getByRole('button', { name: 'Archived' }).click();
      await expect(page.getByText('Chats that you archive are kept here.')).toBeVisible();
      return page;
    },
  },
  { name: 'palette', open: async (stage) => openPalette(stage, '') },
  {
    name: 'search',
    open: async (stage) => {
      const page = await openPalette(stage, 'tide moon');
      await expect(page.getByRole('dialog').locator('mark').first()).toBeVisible();
      return page;
    },
  },
  {
    name: 'search-without-hits',
    open: async (stage) => {
      const page = await openPalette(stage, 'zeppelin');
      await expect(page.getByText('Nothing was said about')).toBeVisible();
      return page;
    },
  },
  {
    name: 'search-failed',
    open: async (stage) => {
      stage.trouble.expect(failedRequests);
      const tab = await openConversation(stage);
      const { page } = tab;
      await page.route('**/chat.search*', (route) => route.abort());
      await (await tab.openPalette()).fill('tide');
      await expect(page.getByText('The search did not work.')).toBeVisible();
      return page;
    },
  },
  {
    name: 'shortcuts',
    open: async (stage) => {
      const { page } = await openConversation(stage);
      await page.getByRole('log').press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      return page;
    },
  },
  {
    name: 'drawer',
    width: 'narrow',
    open: async (stage) => {
      const { page } = await openConversation(stage);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: 'Open the list' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      return page;
    },
  },
  { name: 'right-to-left', open: async (stage) => (await stage.openChat('المد', turn(answers.arabicQuestion, answers.arabicAnswer))).page },
  { name: 'share-dialog', open: openShareDialog },
  { name: 'shared-chat', open: async (stage) => (await openSharedChat(stage)).page },
  { name: 'shared-no-longer', open: openEndedShare },
  { name: 'missing-chat', open: (stage) => openMissing(stage, `/chat/${crypto.randomUUID()}`) },
  { name: 'missing-page', open: (stage) => openMissing(stage, '/nothing') },
  {
    name: 'broken',
    open: async (stage) => {
      const person = await stage.newGuest();
      stage.trouble.expect(failedRequests, /^server: /, /Error: |uncaught/);
      stage.stack.databaseWay.refuse(true);
      stage.stack.databaseWay.cutAll();
      const { page } = await person.openTab();
      await expect(page.getByRole('heading', { name: 'That did not work' })).toBeVisible();
      return page;
    },
  },
];

const turn = (question: string, answer: string) => [[text(question)], [text(answer)]];

const openConversation = (stage: Stage) => {
  return stage.openChat('The tide', [
    ...turn('Give me one word for the line between wet and dry sand.', 'The **wrack line**: where the tide leaves what it carried.'),
    ...turn(answers.tideQuestion, answers.tideAnswer),
  ]);
};

async function openLongAnswer(stage: Stage): Promise<ChatTab> {
  const tab = await stage.openChat('Leases in PostgreSQL', turn(answers.longQuestion, answers.longAnswer));
  await expect(tab.answer.locator('.code span[style]').first()).toBeAttached();
  return tab;
}

async function openTools(stage: Stage) {
  const call = { type: 'tool-calculate', toolCallId: 'call-1', state: 'output-available' };
  const { page, answer } = await stage.openChat('A sum', [
    [text('What is 17 % of 2,340?')],
    [
      { type: 'reasoning', text: 'A percentage: the calculator does this without rounding on the way.', state: 'done' },
      { ...call, input: { expression: '0.17*2340' }, output: { result: 397.8 } },
      { ...call, toolCallId: 'call-2', state: 'output-error', input: { expression: '17%*' }, errorText: 'Unexpected end.' },
      text('17 % of 2,340 is **397.8**.'),
    ],
  ]);
  for (const name of ['Thoughts', 'calculate']) await answer.locator('summary').filter({ hasText: name }).first().click();
  return page;
}

async function openChatMenu(stage: Stage, choice: string) {
  const { page, chats } = await openConversation(stage);
  await chats.getByRole('listitem').first().hover();
  await chats.getByRole('button', { name: 'Chat options' }).first().click();
  await page.getByRole('menuitem', { name: choice }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  return page;
}

async function openPalette(stage: Stage, query: string) {
  const tab = await openConversation(stage);
  await (await tab.openPalette()).fill(query);
  return tab.page;
}

/** Chats of every age, some of them pinned, one unread. */
async function openOldList(stage: Stage) {
  const tab = await openConversation(stage);
  await tab.choose('Packing list for Norway', 'Pin');
  await stage.stack.changeRows(
    `UPDATE chat SET last_activity_at = now() - CASE title WHEN 'Rename the columns' THEN interval '1 day'
                                                           ELSE interval '40 days' END WHERE title = ANY ($1)`,
    [['Rename the columns', 'A speech for Jonas']],
  );
  await tab.page.reload();
  await expect(tab.chats.getByRole('heading', { name: 'Yesterday' })).toBeVisible();
  return tab.page;
}

async function openMissing(stage: Stage, path: string) {
  const person = await stage.newGuest();
  stage.trouble.expect(failedRequests);
  const tab = new ChatTab(await person.context.newPage());
  await tab.page.goto(path);
  await expect(tab.page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  return tab.page;
}
