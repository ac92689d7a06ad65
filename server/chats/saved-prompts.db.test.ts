import { beforeAll, describe, expect, it } from 'vitest';
import { callAuth, cookieOf, mutate, query, signInGuest, useServices } from '#server/testing/web-services';

describe('saved prompts', () => {
  const context = useServices();
  let cookie: string;

  beforeAll(async () => {
    cookie = await signInGuest(context.services);
  });

  const save = (name: string, text: string, from = cookie) => mutate(from, 'prompt.save', { name, text });
  const namesOf = async (from = cookie) => (await query(from, 'prompt.list')).result.items.map(({ name }) => name);

  it('are listed by name, one of each, and removed', async () => {
    await save('tides', 'When is high tide in');
    await save('Boats', 'Which boat');
    const { result } = await save('tides', 'When is low tide in');
    expect((await query(cookie, 'prompt.list')).result.items).toMatchObject([
      { name: 'Boats' },
      { name: 'tides', text: 'When is low tide in' },
    ]);
    await mutate(cookie, 'prompt.remove', { promptId: result.id });
    expect(await namesOf()).toEqual(['Boats']);
  });

  it('belong to one person', async () => {
    const stranger = await signInGuest(context.services);
    const { result } = await save('Mine', 'x');
    expect(await namesOf(stranger)).toEqual([]);
    expect((await mutate(stranger, 'prompt.remove', { promptId: result.id })).status).toBe(404);
    await save('Mine', 'theirs', stranger);
    expect((await query(cookie, 'prompt.list')).result.items).toContainEqual(result);
  });

  it('are not without end, nor empty', async () => {
    const crowded = await signInGuest(context.services);
    for (let i = 0; i < 100; i++) await save(`p${i}`, 'x', crowded);
    expect((await save('one more', 'x', crowded)).error).toMatchObject({ data: { reason: 'BAD_REQUEST' }, message: /remove one/ });
    expect((await save('p7', 'changed', crowded)).result.text).toBe('changed');
    for (const [name, text] of [['', 'x'], ['x', ' ']] as const) expect((await save(name, text)).status).toBe(400);
  });

  it('go over to an account', async () => {
    const guest = await signInGuest(context.services);
    await save('Kept', 'x', guest);
    const body = { name: 'Ada', email: `${crypto.randomUUID()}@example.com`, password: 'long enough' };
    const account = cookieOf(await callAuth(context.services, '/sign-up/email', { body, cookie: guest }));
    expect(await namesOf(account)).toEqual(['Kept']);
  });
});
