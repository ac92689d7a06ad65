import { expect, test } from './fixtures.ts';
import { Stage } from './scenes/scene.ts';

test('the page speaks German to who asks for it, and English once that is chosen: what is typed stays', async ({
  stack,
  trouble,
  browser,
}) => {
  const stage = new Stage({ stack, trouble, browser });
  const { page } = await (await stage.newGuest({ locale: 'de-DE' })).openTab();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  const box = page.getByRole('textbox');
  await expect(box).toHaveAccessibleName('Nachricht');
  await expect(page.getByText('Woran arbeiten wir?')).toBeVisible();
  await box.fill('Noch nicht gesendet');

  await page.getByRole('button', { name: /^Konto/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(box).toHaveAccessibleName('Message');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(box).toHaveValue('Noch nicht gesendet');

  await page.reload();
  await expect(box).toHaveAccessibleName('Message');
  await stage.close();
});

test('a suggestion is put into the message box, but never over what somebody has typed', async ({ tab }) => {
  const suggestion = tab.page.getByRole('button', { name: /^Write code/ });
  await suggestion.click();
  await expect(tab.box).toHaveValue('Write a function that finds the duplicates in a list, with tests.');
  await expect(tab.box).toBeFocused();
  await tab.page.getByRole('button', { name: /^Compare/ }).click();
  await expect(tab.box).toHaveValue('Compare three ways to learn a language, as a table.');
  await tab.box.fill('Words of my own');
  await expect(suggestion).toBeDisabled();
});
