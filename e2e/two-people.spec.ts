import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Person } from './person/person.ts';
import { failedRequests } from './trouble.ts';

type Place = { chatId: string; runId: string };

/** Everything the API lets one do with an id. */
const attempts: Record<string, (person: Person, place: Place) => Promise<{ status: number; body: unknown }>> = {
  'chat.get': ({ api }, { chatId }) => api.query('chat.get', { chatId }),
  'message.list': ({ api }, { chatId }) => api.query('message.list', { chatId }),
  'run.latest': ({ api }, { chatId }) => api.query('run.latest', { chatId }),
  'run.get': ({ api }, { runId }) => api.query('run.get', { runId }),
  'chat.rename': ({ api }, { chatId }) => api.mutate('chat.rename', { chatId, title: 'Mine now' }),
  'chat.archive': ({ api }, { chatId }) => api.mutate('chat.archive', { chatId, archived: true }),
  'chat.markRead': ({ api }, { chatId }) => api.mutate('chat.markRead', { chatId }),
  'chat.delete': ({ api }, { chatId }) => api.mutate('chat.delete', { chatId }),
  'run.start': ({ api }, { chatId }) => api.mutate('run.start', { chatId, message: { text: 'Hello' } }),
  'run.regenerate': ({ api }, { runId }) => api.mutate('run.regenerate', { runId }),
  'run.stop by chat': ({ api }, { chatId }) => api.mutate('run.stop', { chatId }),
  'run.stop by run': ({ api }, { runId }) => api.mutate('run.stop', { runId }),
};

test('two people do not see, follow, stop or guess each other’s chats', async ({ newPerson, script, trouble }) => {
  const [ann, bob] = [await newPerson(), await newPerson()];
  const bobsTab = await bob.openTab();
  const received = recordFrames(bobsTab.page);
  await bobsTab.page.reload();

  const secret = script('words=10 stamp');
  const annsTab = await ann.openTab();
  const chatId = await annsTab.begin(secret.text);
  secret.release(5);
  const said = await secret.said(5);
  await expect(annsTab.answer).toHaveText(said);

  const foreign = { chatId, runId: (await ann.api.latestRun(chatId)).id };
  const random = { chatId: randomUUID(), runId: randomUUID() };
  for (const [name, attempt] of Object.entries(attempts)) {
    const answer = await attempt(bob, foreign);
    expect.soft(answer, name).toEqual(await attempt(bob, random));
    expect.soft(answer.status, name).toBe(404);
  }
  for (const subscribe of [followOverEvents, followOverSocket]) {
    const answer = await subscribe(bobsTab.page, foreign.chatId);
    expect.soft(answer).toContain('NOT_FOUND');
    expect.soft(answer).toBe(await subscribe(bobsTab.page, random.chatId));
  }

  const own = script('words=1 stamp');
  const bobsChatId = await bobsTab.begin(own.text);
  own.release(1);
  await expect(bobsTab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(bobsTab.chats.getByRole('listitem')).toHaveCount(1);
  expect(received.join()).toContain(bobsChatId);
  for (const trace of [chatId, foreign.runId, said, secret.text]) expect(received.join()).not.toContain(trace);

  trouble.expect(failedRequests);
  const seen = await visit(bobsTab.page, foreign.chatId);
  expect(seen).toEqual(await visit(bobsTab.page, random.chatId));
  expect(seen.status).toBe(404);

  secret.release(5);
  await expect(annsTab.answer).toHaveAttribute('aria-busy', 'false');
  expect(await ann.api.latestRun(chatId)).toMatchObject({ status: 'succeeded', stopRequestedAt: null });
  expect(await ann.api.texts(chatId)).toEqual([secret.text, (await secret.request()).sent]);
});

test('without a session nothing is answered', async ({ playwright, person, stack }) => {
  const chatId = await person.api.createChat();
  const nobody = await playwright.request.newContext({ baseURL: stack.url });
  for (const path of ['chat.get', 'message.list', 'run.latest', 'run.follow']) {
    const response = await nobody.get(`/api/trpc/${path}`, { params: { input: JSON.stringify({ chatId }) } });
    expect.soft(await response.text(), path).toContain('UNAUTHORIZED');
  }
  await nobody.dispose();
});

/** What comes in over the page's WebSockets, from now on. */
function recordFrames(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString())));
  return frames;
}

async function followOverEvents(page: Page, chatId: string): Promise<string> {
  const response = await page.request.get('/api/trpc/run.follow', { params: { input: JSON.stringify({ chatId }) } });
  return response.text();
}

/** The first thing the server says about the chat. */
function followOverSocket(page: Page, chatId: string): Promise<string> {
  return page.evaluate((id) => {
    const socket = new WebSocket(`ws://${location.host}/api/trpc`);
    const params = { path: 'run.follow', input: { chatId: id } };
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'subscription', params }));
    return new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => {
        resolve(data as string);
        socket.close();
      };
    });
  }, chatId);
}

/** What a person sees there. */
async function visit(page: Page, chatId: string) {
  const response = await page.goto(`/chat/${chatId}`);
  return { status: response?.status(), text: await page.getByRole('main').innerText(), title: await page.title() };
}
