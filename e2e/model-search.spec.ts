import { expect, test } from './fixtures.ts';

const models = Array.from({ length: 9 }, (_, n) => `openai-compatible:captain-${n + 1}`);

test.use({ settings: { CHAT_MODELS: models.join(',') } });

test('of many models one is looked for', async ({ tab }) => {
  await tab.page.getByRole('button', { name: 'Model: captain-1' }).click();
  const dialog = tab.page.getByRole('dialog');
  await expect(dialog.getByRole('option')).toHaveCount(9);
  await dialog.getByRole('combobox').fill('submarine');
  await expect(dialog.getByText('There is no such choice.')).toBeVisible();
  await dialog.getByRole('combobox').fill('captain-7');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await tab.page.keyboard.press('Enter');
  await expect(tab.page.getByRole('button', { name: 'Model: captain-7' })).toBeVisible();
  await tab.page.getByRole('button', { name: 'Model: captain-7' }).click();
  await expect(dialog.getByRole('option', { name: /captain-7.*chosen/ })).toBeVisible();
  await tab.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
