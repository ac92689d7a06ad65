import type { Page } from '@playwright/test';
import type { Tab } from './open-browser.ts';

/** The message box, as the contract names it. */
const messageBox = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });

const writing = (page: Page) => page.locator('article[aria-label=Assistant][aria-busy=true]');

/** Type a question and send it. */
export async function send({ page }: Tab, question: string): Promise<void> {
  await messageBox(page).fill(question);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Send a question. Resolves once its answer is being written. */
export async function ask(tab: Tab, question: string): Promise<void> {
  await send(tab, question);
  await writing(tab.page).filter({ hasText: /\S/ }).waitFor();
}

/** Resolves when the answer in progress is whole. Watches, so that the page is not kept busy by being asked. */
export async function untilAnswered({ page }: Tab): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const look = () => document.querySelector('article[aria-busy=true]') === null && resolve();
        new MutationObserver(look).observe(document, { attributeFilter: ['aria-busy'], subtree: true });
        look();
      }),
  );
}

const keyEveryMs = 110;
const typedText = 'what I meant to ask meanwhile ';

/**
 * Press keys in the message box at a person's pace, whether the page keeps up or not.
 *
 * @returns to stop; resolves with how many keys were pressed
 */
export async function typeSteadily({ page, devTools }: Tab): Promise<() => Promise<number>> {
  await messageBox(page).focus();
  const presses: Promise<unknown>[] = [];
  const timer = setInterval(() => {
    const text = typedText[presses.length % typedText.length]!;
    presses.push(devTools.send('Input.dispatchKeyEvent', { type: 'keyDown', key: text, text }));
    void devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text });
  }, keyEveryMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(presses);
    return presses.length;
  };
}
