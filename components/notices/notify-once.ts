import { isAnyTabVisible } from './visible-tabs.ts';

export type EndNotice = { title: string; body: string };

export type NotifyOnceOptions = {
  runId: string;
  /** whether this tab shows the run's chat */
  isShown: boolean;
  /** what to say; null when that is nothing */
  describe: () => Promise<EndNotice | null>;
  onClick: () => void;
};

/** A click leads to the tab that told, so one that shows the chat is let go first. */
const giveWayMs = 1_000;
/** Other tabs may learn of the same end this much later. */
const rememberedMs = 60_000;

/** Tells of a run that has ended: once in this browser, and only while none of its tabs is visible. */
export async function notifyOnce({ runId, isShown, describe, onClick }: NotifyOnceOptions): Promise<void> {
  if (await isAnyTabVisible()) return;
  if (!isShown) await pause(giveWayMs);
  await navigator.locks.request(`holdfast.told.${runId}`, { ifAvailable: true }, async (lock) => {
    const notice = lock && (await describe());
    if (!notice || (await isAnyTabVisible())) return;
    show(runId, notice, onClick);
    await pause(rememberedMs);
  });
}

function show(runId: string, { title, body }: EndNotice, onClick: () => void): void {
  const notification = new Notification(title, { body, tag: runId, icon: '/icons/icon-192.png' });
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
    onClick();
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
