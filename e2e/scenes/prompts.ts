import { expect, type Page } from '@playwright/test';
import type { Stage } from './scene.ts';

/** The prompts over an empty message box, one of them the person's own. */
export async function openPrompts(stage: Stage): Promise<Page> {
  const person = await stage.newGuest();
  await person.api.mutate('prompt.save', { name: 'Tide report', text: 'Report the tides of the next three days in ' });
  const { page, box } = await person.openTab();
  await expect(box).toBeFocused();
  await box.pressSequentially('/');
  await expect(page.getByRole('option', { name: /^Tide report/ })).toBeVisible();
  return page;
}

export async function openOwnPrompts(stage: Stage): Promise<Page> {
  const page = await openPrompts(stage);
  await page.getByRole('option', { name: 'Your prompts…' }).click();
  await expect(page.getByRole('dialog', { name: 'Your prompts' })).toBeVisible();
  return page;
}
