import { expect, test } from './fixtures.ts';
import { DraftFiles } from './person/files.ts';

test('a slash opens the prompts, and the keyboard chooses one', async ({ tab }) => {
  const list = tab.page.getByRole('listbox', { name: 'Prompts' });
  await expect(tab.box).toBeFocused();
  await tab.box.pressSequentially('/');
  await expect(list.getByRole('option')).toHaveCount(6);
  await tab.box.pressSequentially('tra');
  await expect(list.getByRole('option', { selected: true })).toHaveText(/^Translate/);
  const active = await tab.box.getAttribute('aria-activedescendant');
  await expect(list.getByRole('option', { selected: true })).toHaveAttribute('id', active!);
  await tab.box.press('Enter');
  await expect(tab.box).toHaveValue(/^Translate this into German/);
  await expect(list).toBeHidden();
  await expect(tab.questions).toHaveCount(0);
});

test('Escape leaves the slash, and a message that begins with one can be sent', async ({ tab }) => {
  const list = tab.page.getByRole('listbox', { name: 'Prompts' });
  await expect(tab.box).toBeFocused();
  await tab.box.pressSequentially('/');
  await expect(list).toBeVisible();
  await tab.box.press('ArrowUp');
  await expect(list.getByRole('option', { selected: true })).toHaveText('Your prompts…');
  await tab.box.press('Escape');
  await expect(list).toBeHidden();
  await expect(tab.box).toHaveValue('/');
  await tab.box.fill('/etc/hosts [[words=2]]');
  await tab.box.press('Enter');
  await expect(tab.questions).toHaveText('/etc/hosts [[words=2]]');
});

test('own prompts are saved, found in another tab, and removed', async ({ tab, person }) => {
  // Ready to be sent, which saving a prompt must not do.
  const files = new DraftFiles(tab.page);
  await files.choose({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') });
  await expect(tab.sendButton).toBeEnabled();
  await tab.box.pressSequentially('/');
  await tab.page.getByRole('option', { name: 'Your prompts…' }).click();
  const dialog = tab.page.getByRole('dialog', { name: 'Your prompts' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Tide report');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('Report the tide of ');
  await dialog.getByRole('button', { name: 'Save as prompt' }).click();
  await expect(dialog.getByRole('listitem')).toContainText('Tide report');

  const other = await person.openTab();
  await expect(other.box).toBeFocused();
  await other.box.pressSequentially('/tide');
  await other.box.press('Enter');
  await expect(other.box).toHaveValue('Report the tide of ');

  await dialog.getByRole('button', { name: 'Remove Tide report' }).click();
  await expect(dialog.getByText('You have not saved any yet.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(files.items).toHaveCount(1);
  await expect(tab.box).toHaveValue('');
});
