/** What a chat costs to load: bytes, the largest paint on a slow machine, and what moves meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { insertLongChat } from '#server/testing/insert-long-chat';
import type { Figure } from '../figure.ts';
import { ask, send, untilAnswered } from './answering.ts';
import { browserFigure } from './browser-figure.ts';
import type { Tab } from './open-browser.ts';
import { readProbe } from './page-probe.ts';
import type { Place } from './place.ts';

const usualMessages = 10;
const slowdown = 4;
/** For what comes after the load event: fonts, hydration, the live stream. */
const settleMs = 1_000;

export async function measureLoading({ databaseUrl, api, browser }: Place, rounds: number): Promise<Figure[]> {
  const { id } = await api.call.chat.create.mutate({ title: 'A usual chat' });
  await insertLongChat(databaseUrl, id, usualMessages);
  const tab = await browser.openTab();
  const scripts = await measureScripts(tab, await createPlainChat(tab));
  const paints: number[] = [];
  await tab.devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  for (let round = 0; round < rounds; round++) {
    await tab.page.goto(`/chat/${id}`, { waitUntil: 'load' });
    await pause(settleMs);
    paints.push((await readProbe(tab.page)).largestPaintAt);
  }
  await tab.devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const shift = await measureShift(tab);
  await tab.page.close();
  return [
    browserFigure({ title: 'first-load JavaScript, gzipped', unit: 'KB', values: [scripts.first / 1000], atMost: 250 }),
    browserFigure({ title: 'all JavaScript of a chat, gzipped', unit: 'KB', values: [scripts.all / 1000] }),
    browserFigure({ title: `largest paint, ${slowdown} × slower processor`, unit: 'ms', values: paints, atMost: 1000 }),
    browserFigure({ title: 'layout shift of a reload in mid-answer', unit: '', values: [shift], atMost: 0.02 }),
  ];
}

/** A chat without code, formulas and diagrams. @returns its address */
async function createPlainChat(tab: Tab): Promise<string> {
  await send(tab, '[[text=Hello.]]');
  await tab.page.locator('article[aria-label=Assistant][aria-busy=false]').waitFor();
  await tab.page.waitForURL(/\/chat\//);
  return tab.page.url();
}

/** Bytes of the scripts that the HTML names, and of all that the page loads by itself, each gzipped. */
async function measureScripts({ page }: Tab, address: string): Promise<{ first: number; all: number }> {
  const html = await (await page.request.get(address)).text();
  const forOldBrowsers = /<script src="([^"]+)"[^>]* noModule/.exec(html)?.[1];
  const named = [...html.matchAll(/\/_next\/static\/[\w./~-]+?\.js/g)].map(([path]) => path);
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'networkidle' });
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const first = new Set(named.filter((path) => path !== forOldBrowsers).map((path) => new URL(path, address).href));
  const all = new Set(loaded.filter((name) => new URL(name).pathname.endsWith('.js')));
  return { first: await sizeOf(first), all: await sizeOf(all) };
}

async function sizeOf(scripts: ReadonlySet<string>): Promise<number> {
  const bodies = await Promise.all(Array.from(scripts, async (script) => (await fetch(script)).arrayBuffer()));
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

async function measureShift(tab: Tab): Promise<number> {
  await ask(tab, '[[markdown words=250 rate=100]]');
  await pause(settleMs);
  await tab.page.reload();
  await untilAnswered(tab);
  return (await readProbe(tab.page)).layoutShift;
}
