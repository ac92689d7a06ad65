/** A long answer of prose, lists, tables and code is written while the reader types. */
import { summarise } from '#server/testing/quantiles';
import type { Figure } from '../figure.ts';
import { ask, typeSteadily, untilAnswered } from './answering.ts';
import { browserFigure } from './browser-figure.ts';
import type { Tab } from './open-browser.ts';
import { readProbe } from './page-probe.ts';
import type { Place } from './place.ts';

/** The least that a browser tells of: shorter tasks and quicker keys are not reported. */
const leastTaskMs = 50;
const leastKeyMs = 16;
const firstSecondMs = 1_000;

/** Two more answers follow at this multiple of the rate, for what the page keeps of them. */
const hurry = 5;

export type LongAnswer = { tokens: number; tokensPerSecond: number };

export async function measureLongAnswer({ browser }: Place, { tokens, tokensPerSecond }: LongAnswer): Promise<Figure[]> {
  const tab = await browser.openTab();
  const answer = (rate: number) => `[[markdown words=${tokens} rate=${rate}]]`;
  const written = await watchAnswer(tab, answer(tokensPerSecond));
  const heaps = [await leaveAndReadHeap(tab)];
  for (let more = 0; more < 2; more++) {
    await ask(tab, answer(tokensPerSecond * hurry));
    await untilAnswered(tab);
    heaps.push(await leaveAndReadHeap(tab));
  }
  await tab.page.close();
  const title = `answer of ${tokens.toLocaleString('en')} tokens at ${tokensPerSecond}/s`;
  return [
    browserFigure({ title: `${title}: longest task`, unit: 'ms', values: [written.longestTaskMs], atMost: 100 }),
    browserFigure({ title: `${title}: key → paint, p95`, unit: 'ms', values: [written.keyMs], atMost: 50 }),
    browserFigure({ title: `${title}: heap while shown`, unit: 'MB', values: [written.heapMb] }),
    browserFigure({ title: 'heap left by two more such answers', unit: 'MB', values: [heaps[2]! - heaps[0]!], atMost: 2 }),
  ];
}

async function watchAnswer(tab: Tab, question: string) {
  const heapBefore = await readHeapMb(tab);
  await ask(tab, question);
  const beganAt = await tab.page.evaluate(() => performance.now());
  const stopTyping = await typeSteadily(tab);
  await untilAnswered(tab);
  const keys = await stopTyping();
  const heapMb = (await readHeapMb(tab)) - heapBefore;
  const { longTasks, keyLatencies } = await readProbe(tab.page);
  const tasks = longTasks.filter(({ startTime }) => startTime > beganAt + firstSecondMs).map(({ duration }) => duration);
  const quickKeys = Array.from({ length: Math.max(0, keys - keyLatencies.length) }, () => leastKeyMs);
  return {
    heapMb,
    longestTaskMs: Math.max(leastTaskMs, ...tasks),
    keyMs: summarise([...keyLatencies, ...quickKeys]).p95,
  };
}

/** To the page where a new chat begins, without loading it anew: only what leaks stays. */
async function leaveAndReadHeap(tab: Tab): Promise<number> {
  await tab.page.getByRole('button', { name: 'New chat', exact: true }).first().click();
  await tab.page.locator('article').first().waitFor({ state: 'detached' });
  return readHeapMb(tab);
}

async function readHeapMb({ devTools }: Tab): Promise<number> {
  // The first collection may leave what it found to be finalised.
  for (let round = 0; round < 2; round++) await devTools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devTools.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}
