import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';
import { clickNotice, noteNotices } from './person/notices.ts';
import type { Person } from './person/person.ts';
import { setVisibility } from './set-visibility.ts';
import type { Stack } from './stack/stack.ts';
import { jumpedClock } from './trouble.ts';

const itemName = 'Tell me when a long answer ends';
/** Longer than a hidden tab keeps its connection for nothing. */
const longAwayMs = 60_000;

test('a long answer that ends unseen is told once, and a click leads to it', async ({ person, stack, script }) => {
  const shown = await noteNotices(person, 'granted');
  const first = await person.openTab();
  await switchOn(first);
  const question = script('words=4 stamp');
  const chatId = await first.begin(question.text);
  const second = await person.openTab();
  await makeLong(stack, person, chatId);
  await hide(first, second);
  question.release(4);
  await expect.poll(() => shown.length).toBe(1);
  expect(shown[0]!.tag).toBe((await person.api.latestRun(chatId)).id);
  expect(shown[0]!.title).toContain('Question');
  expect(shown[0]!.body).toContain(`The answer is done.\n${await question.said(4)}`);

  // Shown by no tab: told by one that is led there. By then the other one has had its turn with the first answer, too.
  const elsewhere = script('words=4 cut-after=2');
  const otherId = await person.api.createChat('Elsewhere');
  await person.api.startRun(otherId, elsewhere.text);
  await makeLong(stack, person, otherId);
  elsewhere.release(4);
  await expect.poll(() => shown.length).toBe(2);
  expect(shown[1]).toMatchObject({ title: 'Elsewhere', body: expect.stringMatching(/^The answer failed\. /) });

  const teller = await clickNotice([first, second], shown[1]!);
  await expect(teller.page).toHaveURL(`/chat/${otherId}`);
});

test('nothing is told of what somebody sees, of short answers and of stopped ones', async ({ person, stack, script }) => {
  const shown = await noteNotices(person, 'granted');
  const [seen, hidden] = [await person.openTab(), await person.openTab()];
  await switchOn(seen);
  await setVisibility(hidden.page, 'hidden');
  const visible = script('words=4 stamp');
  const chatId = await seen.begin(visible.text);
  await makeLong(stack, person, chatId);
  visible.release(4);
  await expect(seen.answer).toHaveText(await visible.saidAll());
  await expect(answering(hidden, /Question/)).toBeHidden();

  await hide(seen);
  for (const ending of ['short', 'stopped', 'long']) {
    const question = script('words=4');
    const id = await person.api.createChat(ending);
    const { id: runId } = await person.api.startRun(id, question.text);
    await expect(answering(hidden, ending)).toBeVisible();
    if (ending !== 'short') await makeLong(stack, person, id);
    if (ending === 'stopped') await person.api.mutate('run.stop', { runId });
    else question.release(4);
    await expect(answering(hidden, ending)).toBeHidden();
  }
  await expect.poll(() => shown.map(({ title }) => title)).toEqual(['long']);
});

test('who waits for a long answer is offered to be told, however long they are away', async ({ person, stack, script, trouble }) => {
  trouble.expect(jumpedClock);
  const shown = await noteNotices(person, 'granted');
  const tab = await person.openTab();
  await tab.page.clock.install();
  await tab.page.reload();
  const question = script('words=8 stamp');
  const chatId = await tab.begin(question.text);
  question.release(4);
  await expect(tab.answer).toHaveText(await question.said(4));
  const offer = tab.page.getByRole('button', { name: 'Notify me' });
  await expect(offer).toBeHidden();
  await tab.page.clock.fastForward(20_000);
  await offer.click();
  await expect(tab.page.getByText('You will be told when')).toBeVisible();
  await expect(offer).toBeHidden();
  await expect(tab.box).toBeFocused();

  await makeLong(stack, person, chatId);
  await setVisibility(tab.page, 'hidden');
  await tab.page.clock.fastForward(longAwayMs);
  question.release(4);
  await expect.poll(() => shown.length).toBe(1);
});

test('a browser that does not allow it is told of, with what to do', async ({ person }) => {
  const shown = await noteNotices(person, 'denied');
  const tab = await person.openTab();
  await choose(tab);
  await expect(tab.page.getByText('The browser does not allow notifications from this page.')).toBeVisible();
  await tab.page.getByRole('button', { name: /^Account/ }).click();
  await expect(tab.page.getByRole('menuitemcheckbox', { name: itemName })).not.toBeChecked();
  expect(shown).toEqual([]);
});

test('nothing is offered on a phone, where a page cannot tell', async ({ person }) => {
  await person.context.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (Linux; Android 16)' }));
  const { page } = await person.openTab();
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByRole('menuitemcheckbox')).toHaveCount(0);
});

const answering = (tab: ChatTab, title: string | RegExp) => tab.line(title).getByRole('img', { name: 'Answering' });

async function choose({ page }: ChatTab): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitemcheckbox', { name: itemName }).click();
}

async function switchOn(tab: ChatTab): Promise<void> {
  await choose(tab);
  await expect(tab.page.getByText('You will be told when')).toBeVisible();
}

/** As if it had been asked a while ago. */
async function makeLong(stack: Stack, person: Person, chatId: string): Promise<void> {
  const { id } = await person.api.latestRun(chatId);
  await stack.changeRows(`UPDATE run SET created_at = created_at - interval '20 seconds' WHERE id = $1`, [id]);
}

async function hide(...tabs: ChatTab[]): Promise<void> {
  for (const { page } of tabs) await setVisibility(page, 'hidden');
}
