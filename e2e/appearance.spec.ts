import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ToolActed } from '#domain/run-view';
import { unknownToolOutcome } from '#domain/tool-outcome';
import { expect, test } from './fixtures.ts';
import { ChatTab } from './person/chat-tab.ts';
import type { Person } from './person/person.ts';
import type { Stack } from './stack/stack.ts';

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

    test('a failed answer warns of what may have happened, and has no serious accessibility violation', async ({
      stack,
      tab,
      person,
    }, testInfo) => {
      await openFailedAnswer(stack, tab, person);
      await expect(tab.answer.getByText('Outcome unknown', { exact: true })).toBeVisible();
      await expect(tab.page.getByText('send_mail may already have run; continuing or retrying')).toBeVisible();
      await expect(tab.page.getByText('book_room may already have run; retrying may run it again.')).toBeVisible();
      for (const button of [tab.continueButton, tab.retryButton]) await expect(button).toBeEnabled();
      await inspect(tab.page, testInfo.outputPath(`failed-${colorScheme}`));
    });
  });
}

const toolsActed: ToolActed[] = [
  { toolName: 'send_mail', stepCompleted: false },
  { toolName: 'book_room', stepCompleted: true },
];

/** An answer that broke off in its second step, as if tools had acted that this installation does not have. */
async function openFailedAnswer(stack: Stack, tab: ChatTab, person: Person) {
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=30 tool=calculate cut-after=25 step=2]]`);
  await expect(tab.retryButton).toBeVisible();
  const [, answer] = await person.api.messages(chatId);
  const parts = answer!.parts.map((part) => {
    if (part.type !== 'tool-calculate' || part.state !== 'output-available') return part;
    const { toolCallId } = part;
    const input = { to: 'anna@example.org', subject: 'The boat' };
    return { type: 'tool-send_mail', toolCallId, input, state: 'output-error', errorText: unknownToolOutcome };
  });
  const run = await person.api.latestRun(chatId);
  await stack.changeRows('UPDATE run SET tools_acted = $2 WHERE id = $1', [run.id, JSON.stringify(toolsActed)]);
  await stack.changeRows('UPDATE message SET parts = $2 WHERE id = $1', [answer!.id, JSON.stringify(parts)]);
  await tab.page.reload();
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
