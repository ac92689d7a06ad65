import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ChatTab } from './person/chat-tab.ts';
import { failedRequests } from './trouble.ts';

/** How a network or a browser takes WebSockets away. */
const blockings: Record<string, (page: Page) => Promise<unknown>> = {
  'are closed at once': (page) => page.routeWebSocket('**/api/trpc', (socket) => socket.close()),
  'open and stay mute': (page) => page.routeWebSocket('**/api/trpc', () => undefined),
  'cannot even be made': (page) =>
    page.addInitScript(() => {
      window.WebSocket = class {
        constructor() {
          throw new DOMException('not here', 'SecurityError');
        }
      } as never;
    }),
};

for (const [name, block] of Object.entries(blockings)) {
  test(`a tab whose WebSockets ${name} follows over server-sent events`, async ({ person, script, trouble }) => {
    trouble.expect(failedRequests);
    const tab = new ChatTab(await person.context.newPage());
    await block(tab.page);
    const events = tab.page.waitForRequest(
      (request) => request.resourceType() === 'eventsource' && request.url().includes('run.follow'),
    );
    await tab.open();
    const question = script('words=6 stamp');
    await tab.begin(question.text);
    await events;
    for (const words of [2, 4, 6]) {
      question.release(2);
      await expect(tab.answer).toHaveText(await question.said(words));
    }
    await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  });
}
