import type { ChatTab } from './person/chat-tab.ts';

type Recorder = { statusTexts?: string[] };

/** From now on the page notes every new text of its status line. */
export async function recordStatusTexts({ status }: ChatTab): Promise<void> {
  await status.evaluate((line) => {
    const texts: string[] = [];
    (window as Recorder).statusTexts = texts;
    let previous = line.textContent;
    new MutationObserver(() => {
      const text = line.textContent;
      if (text !== previous) texts.push(text);
      previous = text;
    }).observe(line, { childList: true, characterData: true, subtree: true });
  });
}

/** What was noted. */
export function readStatusTexts({ page }: ChatTab): Promise<string[]> {
  return page.evaluate(() => (window as Recorder).statusTexts ?? []);
}
