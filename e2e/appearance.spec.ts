import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ChatTab } from './person/chat-tab.ts';

const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the way in has no serious accessibility violation', async ({ page, trouble, context }, testInfo) => {
      trouble.watch(context);
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Continue as guest', exact: true })).toBeVisible();
      await inspect(page, testInfo.outputPath(`sign-in-${colorScheme}`));
    });

    test('a chat has no serious accessibility violation', async ({ stack, page, trouble, context }, testInfo) => {
      trouble.watch(context);
      const tab = new ChatTab(page);
      await tab.open();
      await page.getByRole('button', { name: 'Continue as guest', exact: true }).click();
      await tab.begin(`${stack.nameQuestion()} [[words=60 think=8 tool=calculate]]`);
      await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
      await inspect(page, testInfo.outputPath(`chat-${colorScheme}`));
    });
  });
}

/** Screenshots are for people to look at; the violations count. */
async function inspect(page: Page, path: string) {
  for (const [name, size] of Object.entries(widths)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${path}-${name}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  }
}
