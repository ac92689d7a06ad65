/** A chat of many messages is opened, scrolled and answered. */
import { endingOfChat, insertLongChat } from '#server/testing/insert-long-chat';
import { type Figure, spreadOf } from '../figure.ts';
import { ask, untilAnswered } from './answering.ts';
import { browserFigure } from './browser-figure.ts';
import type { Tab } from './open-browser.ts';
import { followLink, untilPainted } from './page-probe.ts';
import type { Place } from './place.ts';
import { scrollUp, watchFrames, watchPosition } from './scrolling.ts';

export type LongChat = { messages: number; rounds: number; scrolledPixels: number };

/** A frame of 60 a second takes 16.7 ms; what takes longer than this was late. */
const lateFrameMs = 20;

export async function measureLongChat(place: Place, options: LongChat): Promise<Figure[]> {
  const { id } = await place.api.call.chat.create.mutate({ title: 'A long chat' });
  await insertLongChat(place.databaseUrl, id, options.messages);
  const tab = await place.browser.openTab();
  const href = `/chat/${id}`;
  const opened: number[] = [];
  const followed: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    await tab.page.goto('/', { waitUntil: 'networkidle' });
    followed.push(await followLink(tab.page, { href, ending: endingOfChat }));
    await tab.page.goto(href, { waitUntil: 'commit' });
    opened.push(await untilPainted(tab.page, endingOfChat));
  }
  await tab.page.waitForLoadState('networkidle');
  const frames = await watchFrames(tab, () => scrollUp(tab, options.scrolledPixels));
  const distance = await distanceAfterReload(tab);
  const moved = await watchReader(tab);
  await tab.page.close();
  const title = `chat of ${options.messages} messages`;
  return [
    browserFigure({ title: `${title}: opened by its address`, unit: 'ms', values: opened, atMost: 500 }),
    browserFigure({ title: `${title}: opened from the list`, unit: 'ms', values: followed, atMost: 500 }),
    frameRate(`${title}: scrolled`, frames),
    browserFigure({ title: `${title}: scrolled, share of late frames`, unit: '', values: [shareOfLate(frames)] }),
    browserFigure({ title: `${title}: pixels from the end after a reload`, unit: '', values: [distance], atMost: 1 }),
    browserFigure({ title: `${title}: pixels a reader is moved by an answer`, unit: '', values: [moved], atMost: 1 }),
  ];
}

function frameRate(title: string, frames: readonly number[]): Figure {
  const ours = spreadOf(frames.map((duration) => 1000 / duration));
  return { title, unit: 'fps', ours, floor: null, aims: [{ kind: 'atLeast', value: 59 }] };
}

function shareOfLate(frames: readonly number[]): number {
  return frames.filter((duration) => duration > lateFrameMs).length / frames.length;
}

async function distanceAfterReload({ page }: Tab): Promise<number> {
  await page.reload({ waitUntil: 'networkidle' });
  return page.evaluate(() => {
    const log = document.querySelector('[role=log]')!;
    return log.scrollHeight - log.clientHeight - log.scrollTop;
  });
}

/** The reader scrolls up as soon as the answer has begun, right after the chat has been opened. */
async function watchReader(tab: Tab): Promise<number> {
  await tab.page.reload({ waitUntil: 'commit' });
  await untilPainted(tab.page, endingOfChat);
  await ask(tab, '[[markdown words=300 rate=200]]');
  await scrollUp(tab, 1_500);
  const readMoved = await watchPosition(tab);
  await untilAnswered(tab);
  return readMoved();
}
