import type { ChatTab } from './chat-tab.ts';
import type { Person } from './person.ts';

export type ShownNotice = { title: string; body: string; tag: string };

/**
 * From the next page on the person's browser shows no notifications but notes them.
 *
 * @param answer what it says when a page asks whether it may
 * @returns those of all tabs, in order
 */
export async function noteNotices({ context }: Person, answer: NotificationPermission): Promise<ShownNotice[]> {
  const shown: ShownNotice[] = [];
  await context.exposeFunction('noteNotice', (notice: ShownNotice) => shown.push(notice));
  await context.addInitScript((permission) => {
    const key = 'test.permission';
    class NotedNotification extends EventTarget {
      static get permission() {
        return localStorage.getItem(key) ?? 'default';
      }
      static async requestPermission() {
        localStorage.setItem(key, permission);
        return permission;
      }
      constructor(title: string, { body, tag }: NotificationOptions) {
        super();
        Object.assign(window, { [`notice ${tag}`]: this });
        (window as unknown as { noteNotice: (notice: object) => void }).noteNotice({ title, body, tag });
      }
      close() {}
    }
    Object.assign(window, { Notification: NotedNotification });
  }, answer);
  return shown;
}

/** Click on one, in the tab that showed it. @returns that tab */
export async function clickNotice(tabs: readonly ChatTab[], { tag }: ShownNotice): Promise<ChatTab> {
  for (const tab of tabs) {
    const wasHere = await tab.page.evaluate((name) => {
      const notice = (window as unknown as Record<string, EventTarget | undefined>)[name];
      return notice?.dispatchEvent(new Event('click'));
    }, `notice ${tag}`);
    if (wasHere) return tab;
  }
  throw new Error('no tab has shown it');
}
