import { expect, type Page } from '@playwright/test';
import { Api } from '../person/api.ts';
import { ChatTab } from '../person/chat-tab.ts';
import { type Stage, text } from './scene.ts';

const call = { type: 'tool-calculate', state: 'output-available', input: { expression: '0.17*2340' }, output: 397.8 };

const openSum = (stage: Stage) =>
  stage.openChat('A sum', [
    [text('What is 17 % of 2,340?')],
    [
      { type: 'reasoning', text: 'A percentage: the calculator does this without rounding on the way.', state: 'done' },
      { ...call, toolCallId: 'call-1' },
      text('17 % of 2,340 is **397.8**.'),
    ],
  ]);

/** The dialog with the link of the open chat. */
export async function openShareDialog(stage: Stage): Promise<Page> {
  const { page } = await openSum(stage);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
  return page;
}

/** As somebody without a session reads it; `end` takes the link back. */
export async function openSharedChat(stage: Stage): Promise<{ page: Page; end: () => Promise<unknown> }> {
  const owner = await openSum(stage);
  const chatId = owner.page.url().split('/').at(-1)!;
  const api = new Api(owner.page.request);
  const { token } = (await api.mutate('share.create', { chatId })).body.result!.data as { token: string };
  const reader = new ChatTab(await (await stage.newPerson()).context.newPage());
  await reader.page.goto(`/share/${token}`);
  await expect(reader.answer).toContainText('397.8');
  return { page: reader.page, end: () => api.mutate('share.revoke', { chatId }) };
}

/** What a page shows that was open when its link was taken back. */
export async function openEndedShare(stage: Stage): Promise<Page> {
  const { page, end } = await openSharedChat(stage);
  await end();
  await expect(page.getByRole('heading', { name: 'This link is no longer shared' })).toBeVisible();
  return page;
}
