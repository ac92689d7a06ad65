import { expect, type Locator, type Page } from '@playwright/test';

export type ChosenFile = { name: string; mimeType: string; buffer: Buffer };

/** The files that are to go with the message, in a tab that shows a chat. */
export class DraftFiles {
  readonly page: Page;
  readonly list: Locator;
  readonly items: Locator;
  readonly #box: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('list', { name: 'Attachments' });
    this.items = this.list.getByRole('listitem');
    this.#box = page.getByRole('textbox', { name: 'Message', exact: true });
  }

  /** The code that takes files comes after the page. */
  async #untilTaken(): Promise<void> {
    await expect(this.page.locator('#file-input')).toBeAttached();
  }

  /** The one of this name. */
  item(name: string): Locator {
    return this.items.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Choose files as a person does. */
  async choose(...files: ChosenFile[]): Promise<void> {
    await this.#untilTaken();
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Attach files' }).click();
    await (await chooser).setFiles(files);
  }

  /** Paste or drop them. */
  async transfer(type: 'paste' | 'dragover' | 'drop', { files = [], text }: { files?: ChosenFile[]; text?: string }): Promise<void> {
    await this.#untilTaken();
    const given = files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString('base64') }));
    await this.#box.evaluate(dispatchTransfer, { type, files: given, text: text ?? '' });
  }
}

type Transfer = { type: string; files: { name: string; mimeType: string; base64: string }[]; text: string };

/** Runs in the page. */
function dispatchTransfer(box: Element, { type, files, text }: Transfer): void {
  const data = new DataTransfer();
  for (const { name, mimeType, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: mimeType }));
  }
  if (text !== '') data.setData('text/plain', text);
  const init = { bubbles: true, cancelable: true };
  const event =
    type === 'paste' ? new ClipboardEvent(type, { ...init, clipboardData: data }) : new DragEvent(type, { ...init, dataTransfer: data });
  box.dispatchEvent(event);
}
