import { expect, type Locator, type Page } from '@playwright/test';

/** A browser tab that shows a chat; everything is found by the names of the contract. */
export class ChatTab {
  readonly page: Page;
  readonly box: Locator;
  readonly sendButton: Locator;
  readonly stopButton: Locator;
  readonly continueButton: Locator;
  readonly retryButton: Locator;
  readonly conversation: Locator;
  readonly questions: Locator;
  readonly answers: Locator;
  /** the latest answer */
  readonly answer: Locator;
  readonly status: Locator;
  readonly chats: Locator;
  readonly interruptButton: Locator;
  /** the list of what waits to be sent */
  readonly queue: Locator;
  /** those of it that the server has taken */
  readonly queued: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.getByRole('textbox', { name: 'Message', exact: true });
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true });
    this.stopButton = page.getByRole('button', { name: 'Stop', exact: true });
    this.continueButton = page.getByRole('button', { name: 'Continue', exact: true });
    this.retryButton = page.getByRole('button', { name: 'Retry', exact: true });
    this.conversation = page.getByRole('log', { name: 'Conversation' });
    this.questions = this.conversation.getByRole('article', { name: 'You' });
    this.answers = this.conversation.getByRole('article', { name: 'Assistant' });
    this.answer = this.answers.last();
    this.status = page.getByRole('status');
    this.chats = page.getByRole('navigation', { name: 'Chats' });
    this.interruptButton = page.getByRole('button', { name: 'Interrupt the answer', exact: true });
    this.queue = page.getByRole('region', { name: 'Queued messages' });
    this.queued = this.queue.locator('li:not([aria-busy])');
  }

  /** The line of a chat in the list. */
  line(title: string | RegExp): Locator {
    return this.chats.getByRole('listitem').filter({ hasText: title });
  }

  /** Open the palette by its keys. They are heard once the page's code runs, and may come before it. */
  async openPalette(): Promise<Locator> {
    const field = this.page.getByRole('combobox');
    await expect(async () => {
      if (!(await field.isVisible())) await this.page.keyboard.press('ControlOrMeta+k');
      await expect(field).toBeVisible({ timeout: 3_000 });
    }).toPass();
    return field;
  }

  /** Before that a key is lost. */
  async untilKeysAreHeard(): Promise<void> {
    const field = await this.openPalette();
    await this.page.keyboard.press('Escape');
    await expect(field).toBeHidden();
  }

  /** Choose from the menu of a chat's line. */
  async choose(title: string, choice: string): Promise<void> {
    await this.line(title).hover();
    await this.line(title).getByRole('button', { name: 'Chat options' }).click();
    await this.page.getByRole('menuitem', { name: choice }).click();
  }

  /** @param chatId none: the page where a new chat begins */
  async open(chatId?: string): Promise<void> {
    await this.page.goto(chatId ? `/chat/${chatId}` : '/');
  }

  /** Type and send. */
  async ask(text: string): Promise<void> {
    await this.box.fill(text);
    await this.sendButton.click();
  }

  /** So that `neverReloaded` can be told. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => document.body.setAttribute('data-never-reloaded', ''));
  }

  /** There, as long as the page has not been loaded since it was marked. */
  get neverReloaded(): Locator {
    return this.page.locator('body[data-never-reloaded]');
  }

  /** Ask the first question of a new chat. @returns the chat's id, once its address is shown */
  async begin(text: string): Promise<string> {
    await this.ask(text);
    await this.page.waitForURL(/\/chat\//);
    return this.page.url().split('/').at(-1)!;
  }
}
