import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { insertMessages } from '#server/testing/insert-messages';
import type { ChatTab } from '../person/chat-tab.ts';
import { Person } from '../person/person.ts';
import type { Stack } from '../stack/stack.ts';
import type { Trouble } from '../trouble.ts';

/** One thing that the page can show. */
export type Scene = {
  /** in kebab-case; pictures are named after it */
  name: string;
  /** leads a page there */
  open: (stage: Stage) => Promise<Page>;
  /** where there is such a thing on one kind of screen only */
  width?: Width;
};

export const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

export type Width = keyof typeof widths;

/** What a scene is made with. */
export class Stage {
  readonly stack: Stack;
  readonly trouble: Trouble;
  readonly #browser: Browser;
  readonly #people: Person[] = [];

  constructor(parts: { stack: Stack; trouble: Trouble; browser: Browser }) {
    this.stack = parts.stack;
    this.trouble = parts.trouble;
    this.#browser = parts.browser;
  }

  /** Somebody in a browser of their own, not signed in yet. */
  async newPerson(options: BrowserContextOptions = {}): Promise<Person> {
    const person = new Person(await this.#browser.newContext({ viewport: widths.wide, baseURL: this.stack.url, ...options }));
    this.trouble.watch(person.context);
    this.#people.push(person);
    return person;
  }

  /** A guest who has a few chats. */
  async newGuest(options?: BrowserContextOptions): Promise<Person> {
    const person = await this.newPerson(options);
    await person.api.signInAsGuest();
    for (const title of ['Packing list for Norway', 'A speech for Jonas', 'Rename the columns']) {
      await insertMessages(this.stack.databaseWay.url, await person.api.createChat(title), [[text(title)], [text('Gladly.')]]);
    }
    // One of them has news.
    await this.stack.changeRows(
      `UPDATE chat_member member SET last_read_revision = chat.revision
         FROM chat WHERE chat.id = member.chat_id AND chat.title <> $1`,
      ['Rename the columns'],
    );
    return person;
  }

  /**
   * A chat with these messages, as its guest sees it.
   *
   * @param messages the parts of each; questions and answers in turn
   * @param guest whose chat it is; a new one's unless told
   */
  async openChat(title: string, messages: readonly object[][], guest?: Person): Promise<ChatTab> {
    const person = guest ?? (await this.newGuest());
    const chatId = await person.api.createChat(title);
    await insertMessages(this.stack.databaseWay.url, chatId, messages);
    return person.openTab(chatId);
  }

  async close(): Promise<void> {
    for (const { context } of this.#people) await context.close();
  }
}

/** A part of a message. */
export const text = (said: string) => ({ type: 'text', text: said });
