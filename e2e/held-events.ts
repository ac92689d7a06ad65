import type { Page } from '@playwright/test';

/** A tab behind a network that can be told to hold back what the server says. Call it before the tab is opened. */
export async function holdLiveEvents(page: Page): Promise<{ hold(): void; release(): void }> {
  const waiting: Array<() => void> = [];
  let isHeld = false;
  await page.routeWebSocket('**/api/trpc', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (isHeld) waiting.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  return {
    hold: () => void (isHeld = true),
    release: () => {
      isHeld = false;
      for (const deliver of waiting.splice(0)) deliver();
    },
  };
}
