import { expect, it } from 'vitest';
import { maxPromptNameLength } from '#domain/input-limits';
import { callAuth, cookieOf, mutate, query, signInGuest, useServices } from '#server/testing/web-services';

const context = useServices();

type Prompts = Record<string, string>;

/** A guest who signs in to an account; both have saved prompts. @returns the account's cookie */
async function handOver(ofGuest: Prompts, ofAccount: Prompts): Promise<string> {
  const { services } = context;
  const save = async (cookie: string, prompts: Prompts) => {
    for (const [name, text] of Object.entries(prompts)) await mutate(cookie, 'prompt.save', { name, text });
  };
  const body = { email: `${crypto.randomUUID()}@example.com`, name: 'Ada', password: 'correct horse battery' };
  await save(cookieOf(await callAuth(services, '/sign-up/email', { body })), ofAccount);
  const guest = await signInGuest(services);
  await save(guest, ofGuest);
  const { result: chat } = await mutate(guest, 'chat.create', { title: 'Pinned' });
  await mutate(guest, 'chat.pin', { chatId: chat.id, pinned: true });
  return cookieOf(await callAuth(services, '/sign-in/email', { body, cookie: guest }));
}

async function promptsOf(cookie: string): Promise<Prompts> {
  const { items } = (await query(cookie, 'prompt.list')).result as { items: { name: string; text: string }[] };
  return Object.fromEntries(items.map(({ name, text }) => [name, text]));
}

it('keeps a guest’s chat pinned', async () => {
  const cookie = await handOver({}, {});
  const { items } = (await query(cookie, 'chat.list', { pinned: true })).result;
  expect(items).toMatchObject([{ title: 'Pinned', pinnedAt: expect.any(String) }]);
});

it('keeps the prompts of both, and numbers those whose name is taken', async () => {
  const cookie = await handOver(
    { Mail: 'guest’s', 'Mail (2)': 'guest’s second', Poem: 'only the guest’s', Same: 'as it is' },
    { Mail: 'account’s', Same: 'as it is' },
  );
  expect(await promptsOf(cookie)).toEqual({
    Mail: 'account’s',
    'Mail (2)': 'guest’s second',
    'Mail (3)': 'guest’s',
    Poem: 'only the guest’s',
    Same: 'as it is',
  });
});

it('keeps numbered names within the length of a name, and apart', async () => {
  const [one, other] = ['a', 'b'].map((end) => '🙂'.repeat(maxPromptNameLength / 2 - 1) + ` ${end}`) as [string, string];
  const prompts = await promptsOf(await handOver({ [one]: '1', [other]: '2' }, { [one]: '3', [other]: '4' }));
  expect(Object.values(prompts).toSorted()).toEqual(['1', '2', '3', '4']);
  expect(Object.keys(prompts).every(({ length }) => length <= maxPromptNameLength)).toBe(true);
});
