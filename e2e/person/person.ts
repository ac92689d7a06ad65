import type { BrowserContext } from '@playwright/test';
import { Api } from './api.ts';
import { ChatTab } from './chat-tab.ts';

/** Somebody signed in as a guest in a browser of their own. */
export class Person {
  readonly context: BrowserContext;
  readonly api: Api;

  constructor(context: BrowserContext) {
    this.context = context;
    this.api = new Api(context.request);
  }

  /** A new tab. @param chatId none: the page where a new chat begins */
  async openTab(chatId?: string): Promise<ChatTab> {
    const tab = new ChatTab(await this.context.newPage());
    await tab.open(chatId);
    return tab;
  }
}
