import { expect, type Page } from '@playwright/test';

/** By what tests from outside find things; see "Names in the page" in docs/api.md. */
const names = [
  ['textbox', 'Message'],
  ['button', 'Send'],
  ['button', 'Stop'],
  ['button', 'New chat'],
  ['button', 'Continue as guest'],
  ['button', 'Regenerate'],
  ['button', 'Copy'],
  ['log', 'Conversation'],
  ['article', 'You'],
  ['article', 'Assistant'],
  ['navigation', 'Chats'],
] as const;

/** These may be there many times; what the others name is unique. */
const many: readonly string[] = ['Copy', 'You', 'Assistant'];

/** Whoever asks for a part of a name, which is Playwright's way, finds what is meant and nothing else. The names are English. */
export async function expectContractNames(page: Page, look: string): Promise<void> {
  await expect(async () => expect(await page.getByRole('status').count(), `status, ${look}`).toBeLessThanOrEqual(1)).toPass();
  if ((await page.locator('html').getAttribute('lang')) !== 'en') return;
  for (const [role, name] of names) {
    await expect(async () => {
      const exact = await page.getByRole(role, { name, exact: true }).count();
      expect(await page.getByRole(role, { name }).count(), `${role} ${name}, ${look}`).toBe(exact);
      if (!many.includes(name)) expect(exact, `${role} ${name}, ${look}`).toBeLessThanOrEqual(1);
    }).toPass();
  }
}
