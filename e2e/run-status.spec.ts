import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { failedRequests } from './trouble.ts';

test('the status line tells waiting, writing and offline, and the receipt what a stop has kept', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  await tab.begin(question.text);
  await expect(tab.status).toHaveText('Waiting for the first word…');
  question.release(5);
  await question.said(5);
  await expect(tab.status).toHaveText('Writing…');
  await tab.stopButton.click();
  await expect(tab.status).toHaveText('Stopped.');
  const receipt = tab.page.getByText(/^\d+ words kept · about \d+ tokens spent$/);
  await expect(receipt).toBeVisible();
  await tab.page.reload();
  await expect(receipt).toBeVisible();
});

test('the seconds of a wait count from its beginning, over a reload and with a clock that is wrong', async ({ tab, person, stack, script }) => {
  const question = script('words=1 stamp');
  const chatId = await tab.begin(question.text);
  await question.request();
  const { id } = await person.api.latestRun(chatId);
  await stack.changeRows("UPDATE run SET created_at = created_at - interval '15 minutes' WHERE id = $1", [id]);
  const seconds = tab.page.getByText(/^9\d\d s$/);
  for (const wrongMs of [-86_400_000, 86_400_000]) {
    await tab.page.clock.setFixedTime(Date.now() + wrongMs);
    await tab.page.reload();
    await expect(seconds).toBeVisible();
  }
  question.release(1);
  await expect(tab.answer).toHaveText(await question.saidAll());
  await expect(seconds).toBeHidden();
});

test('without a network the page says that the answer goes on, and tells the rest afterwards', async ({
  stack,
  person,
  script,
  trouble,
}) => {
  const tab = await person.openTab();
  const question = script('words=10 stamp');
  await tab.begin(question.text);
  question.release(5);
  await expect(tab.answer).toHaveText(await question.said(5));
  trouble.expect(failedRequests);
  // A browser that is set offline keeps the connections that it has.
  await person.context.setOffline(true);
  await stack.killWeb();
  await expect(tab.status).toHaveText('Offline. The answer goes on without you.');
  question.release(5);
  const all = await question.saidAll();
  await stack.startWeb();
  await person.context.setOffline(false);
  await expect(tab.answer).toHaveText(all);
  await expect(tab.status).toHaveText('');
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`the details of a run show how it came about, ${viewport.width} px`, async ({ tab, script }) => {
    await tab.page.setViewportSize(viewport);
    const question = script('words=6 stamp');
    await tab.begin(question.text);
    question.release(3);
    await question.said(3);
    await tab.page.getByRole('button', { name: 'Details' }).click();
    const details = tab.page.getByRole('dialog', { name: 'How this answer came about' });
    await expect(details.getByText('Attempt 1', { exact: true })).toBeVisible();
    await expect(details.getByText('End', { exact: true })).toBeHidden();
    question.release(3);
    await question.saidAll();
    await expect(details.getByText('Attempt 1: ended the answer')).toBeVisible();
    for (const line of ['Waiting for a worker', 'First word', 'Step 1', 'End']) {
      await expect(details.getByText(line, { exact: true })).toBeVisible();
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect((await new AxeBuilder({ page: tab.page }).analyze()).violations).toEqual([]);
    }
    await tab.page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect(tab.page.getByRole('button', { name: 'Details' })).toBeFocused();
  });
}

test('details that cannot be fetched are told, and the chat stays', async ({ tab, script, trouble }) => {
  const { page } = tab;
  const question = script('words=1 stamp');
  await tab.begin(question.text);
  question.release(1);
  await expect(tab.answer).toHaveText(await question.saidAll());
  trouble.expect(failedRequests);
  await page.route('**/_next/static/chunks/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByText('The server cannot be reached.')).toBeVisible();
  await expect(tab.answer).toBeVisible();
  await page.unroute('**/_next/static/chunks/**');
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('dialog', { name: 'How this answer came about' })).toBeVisible();
});
