/** What runs inside the measured page. Instants are milliseconds since the navigation began. */
import type { BrowserContext, Page } from '@playwright/test';

export type ProbeRecord = {
  /** the main thread was busy for more than 50 ms */
  longTasks: { startTime: number; duration: number }[];
  /** from a key to the paint after it, for those that took 16 ms and more */
  keyLatencies: number[];
  largestPaintAt: number;
  /** the sum of all layout shifts that nobody asked for */
  layoutShift: number;
};

type Probe = ProbeRecord & {
  /** resolves with the instant when the last message, which holds this text, has been painted */
  untilPainted(ending: string): Promise<number>;
};

type Probed = { probe: Probe };

/** From now on every page of the context keeps a record from its first instant on. */
export async function installProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const record: ProbeRecord = { longTasks: [], keyLatencies: [], largestPaintAt: 0, layoutShift: 0 };
    const observe = (options: object, hear: (entry: PerformanceEntry) => void) => {
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ buffered: true, ...options });
    };
    observe({ type: 'longtask' }, ({ startTime, duration }) => record.longTasks.push({ startTime, duration }));
    observe({ type: 'event', durationThreshold: 16 }, ({ name, duration }) => {
      if (name === 'keydown') record.keyLatencies.push(duration);
    });
    observe({ type: 'largest-contentful-paint' }, ({ startTime }) => (record.largestPaintAt = startTime));
    observe({ type: 'layout-shift' }, (entry) => {
      const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) record.layoutShift += value;
    });
    const isInSight = (ending: string) => {
      const log = document.querySelector('[role=log]');
      const last = log && [...log.querySelectorAll('article')].at(-1);
      if (!log || !last?.textContent.includes(ending)) return false;
      return last.getBoundingClientRect().bottom <= log.getBoundingClientRect().bottom + 1;
    };
    const untilPainted = (ending: string) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!isInSight(ending)) return requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve(performance.now()));
          port1.start();
          // Told after the frame that this callback belongs to.
          return port2.postMessage(null);
        };
        requestAnimationFrame(look);
      });
    (window as unknown as Probed).probe = Object.assign(record, { untilPainted });
  });
}

/** What the page has recorded since it was navigated to. */
export function readProbe(page: Page): Promise<ProbeRecord> {
  return page.evaluate(() => {
    const { longTasks, keyLatencies, largestPaintAt, layoutShift } = (window as unknown as Probed).probe;
    return { longTasks, keyLatencies, largestPaintAt, layoutShift };
  });
}

/** Follow a link of the page and wait. @returns milliseconds until the conversation's end has been painted */
export function followLink(page: Page, link: { href: string; ending: string }): Promise<number> {
  return page.evaluate(async ({ href, ending }) => {
    const startedAt = performance.now();
    document.querySelector<HTMLAnchorElement>(`a[href="${href}"]`)!.click();
    return (await (window as unknown as Probed).probe.untilPainted(ending)) - startedAt;
  }, link);
}

/** Milliseconds from the start of the page's navigation until the conversation's end has been painted. */
export function untilPainted(page: Page, ending: string): Promise<number> {
  return page.evaluate((text) => (window as unknown as Probed).probe.untilPainted(text), ending);
}
