import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';

/** Open the palette by its keys and choose what the words name. */
async function command(tab: ChatTab, ...words: string[]): Promise<void> {
  await tab.openPalette();
  for (const word of words) {
    await tab.page.getByRole('combobox').fill(word);
    await expect(tab.page.getByRole('option', { selected: true })).toContainText(new RegExp(word, 'i'));
    await tab.page.keyboard.press('Enter');
  }
}

const palette = (tab: ChatTab) => tab.page.getByRole('dialog', { name: 'Search and commands' });
const sheet = (tab: ChatTab) => tab.page.getByRole('dialog', { name: 'Keyboard shortcuts' });

test('the palette opens and closes by its keys, and gives the focus back', async ({ tab }) => {
  await tab.box.fill('half a thought');
  await tab.openPalette();
  await expect(palette(tab).getByRole('combobox')).toBeFocused();
  await tab.page.keyboard.press('ControlOrMeta+k');
  await expect(palette(tab)).toBeHidden();
  await expect(tab.box).toBeFocused();
  await tab.page.keyboard.press('ControlOrMeta+k');
  await expect(palette(tab)).toBeVisible();
  await tab.page.keyboard.press('Escape');
  await expect(palette(tab)).toBeHidden();
  await expect(tab.box).toBeFocused();
  await expect(tab.box).toHaveValue('half a thought');
});

test('one goes to a chat by its title, and to a new one', async ({ person, tab }) => {
  for (const title of ['Lighthouse', 'Harbour']) await person.api.createChat(title);
  await expect(tab.line('Harbour')).toBeVisible();
  await command(tab, 'lightho');
  await expect(tab.page.getByRole('heading', { level: 1, name: 'Lighthouse' })).toBeVisible();
  await expect(palette(tab)).toBeHidden();
  await command(tab, 'new chat');
  await expect(tab.page).not.toHaveURL(/\/chat\//);
});

test('the open chat is pinned, renamed, archived and deleted by the palette', async ({ person }) => {
  const tab = await person.openTab(await person.api.createChat('Lighthouse'));
  await command(tab, 'pin this chat');
  await expect(tab.chats.getByRole('list', { name: 'Pinned' }).getByRole('listitem')).toHaveText('Lighthouse');
  await command(tab, 'rename this');
  await tab.page.getByRole('textbox', { name: 'Title' }).fill('Harbour');
  await tab.page.keyboard.press('Enter');
  await expect(tab.line('Harbour')).toBeVisible();
  await expect(tab.page.getByRole('dialog')).toBeHidden();
  await command(tab, 'archive this');
  await expect(tab.line('Harbour')).toBeHidden();
  await command(tab, 'delete this');
  await expect(tab.page.getByText('Chat deleted.')).toBeVisible();
  await expect(tab.page).not.toHaveURL(/\/chat\//);
});

test('appearance and language are changed by the palette', async ({ tab }) => {
  const html = tab.page.locator('html');
  await command(tab, 'appearance', 'dark');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await command(tab, 'deutsch');
  await expect(html).toHaveAttribute('lang', 'de');
});

test('from a part of the palette Escape and Backspace lead back before they close it', async ({ tab }) => {
  await command(tab, 'appearance');
  await expect(tab.page.getByRole('option')).toHaveText([/As the system/, 'Light', 'Dark']);
  await tab.page.keyboard.press('Escape');
  await expect(tab.page.getByRole('option', { name: /New chat/ })).toBeVisible();
  await tab.page.keyboard.press('Escape');
  await expect(palette(tab)).toBeHidden();
});

test('the keys lead to a new chat, the message box and the list', async ({ person }) => {
  const tab = await person.openTab(await person.api.createChat('Lighthouse'));
  await tab.untilKeysAreHeard();
  await tab.conversation.focus();
  await tab.page.keyboard.press('/');
  await expect(tab.box).toBeFocused();
  await tab.page.keyboard.press('/');
  await expect(tab.box).toHaveValue('/');
  await tab.conversation.focus();
  await tab.page.keyboard.press('Shift+Escape');
  await expect(tab.box).toBeFocused();
  await tab.page.keyboard.press('ControlOrMeta+b');
  await expect(tab.chats).toBeHidden();
  await tab.page.keyboard.press('ControlOrMeta+b');
  await expect(tab.chats).toBeVisible();
  await tab.page.keyboard.press('ControlOrMeta+Shift+o');
  await expect(tab.page).not.toHaveURL(/\/chat\//);
});

test('Escape twice stops the answer, once does not', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  await tab.begin(question.text);
  question.release(3);
  await expect(tab.answer).toContainText(await question.said(3));
  await tab.page.keyboard.press('Escape');
  question.release(2);
  await expect(tab.answer).toContainText(await question.said(5));
  await expect(tab.stopButton).toBeVisible();
  await tab.page.keyboard.press('Escape');
  await tab.page.keyboard.press('Escape');
  await expect(tab.status).toHaveText('Stopped.');
});

test('the question mark shows the keys, and switches the plain ones off', async ({ tab }) => {
  await tab.untilKeysAreHeard();
  await tab.conversation.press('?');
  await expect(sheet(tab).getByText('Stop the answer')).toBeVisible();
  await sheet(tab).getByRole('checkbox').uncheck();
  await tab.page.keyboard.press('Escape');
  await expect(sheet(tab)).toBeHidden();
  await tab.conversation.press('?');
  await tab.conversation.press('/');
  await expect(tab.box).not.toBeFocused();
  await expect(sheet(tab)).toBeHidden();
  await command(tab, 'shortcuts');
  await expect(sheet(tab)).toBeVisible();
});
