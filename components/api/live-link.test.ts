import { TRPCClientError, type Operation, type TRPCLink } from '@trpc/client';
import { observable, type Observer } from '@trpc/server/observable';
import { describe, expect, it } from 'vitest';
import type { AppRouter } from '#server/trpc/router';
import { liveLink } from './live-link.ts';
import type { LiveTransport } from './live-transport.ts';
import { createObservableValue } from './observable-value.ts';

type Attempt = { via: string; op: Operation; observer: Observer<never, never>; ended: boolean };

/** A subscription to chat `c` over links that the test answers for. */
function followChat() {
  const attempts: Attempt[] = [];
  const begun: Array<() => void> = [];
  const linkVia = (via: string): TRPCLink<AppRouter> => () => ({ op }) =>
    observable((observer) => {
      const attempt = { via, op, observer: observer as never, ended: false };
      attempts.push(attempt);
      begun.shift()?.();
      return () => void (attempt.ended = true);
    });
  const transport = createObservableValue<LiveTransport>('untried');
  const present = createObservableValue(true);
  const link = liveLink({
    websocket: linkVia('websocket'),
    events: linkVia('events'),
    transport,
    present,
    retryDelayMs: () => 0,
  });
  const op = { id: 1, type: 'subscription', path: 'run.follow', input: { chatId: 'c' }, context: {}, signal: null };
  const heard: unknown[] = [];
  const states: string[] = [];
  const refusals: unknown[] = [];
  const subscription = link({} as never)({ op: op as Operation, next: () => observable(() => undefined) }).subscribe({
    next: ({ result }) => {
      if ('data' in result) heard.push(result.data);
      if (result.type === 'state') states.push(result.state);
    },
    error: (error) => refusals.push(error),
  });
  const tell = (id: string) => attempts.at(-1)?.observer.next({ result: { id, data: id } } as never);
  const say = (result: object) => attempts.at(-1)?.observer.next({ result } as never);
  const fail = (error: unknown) => attempts.at(-1)?.observer.error(error as never);
  const nextAttempt = () => new Promise<void>((resolve) => begun.push(resolve));
  return { attempts, transport, present, heard, states, refusals, subscription, tell, say, fail, nextAttempt };
}

const refusal = TRPCClientError.from({
  error: { code: -32004, message: '', data: { code: 'NOT_FOUND', httpStatus: 404, reason: 'NOT_FOUND' } },
} as never);

describe('liveLink', () => {
  it('begins again by the last event id when the connection breaks, under another id', async () => {
    const { attempts, heard, tell, fail, nextAttempt } = followChat();
    tell('e1');
    const again = nextAttempt();
    fail(new Error('broken'));
    await again;
    tell('e2');
    expect(attempts.map(({ op }) => op.input)).toEqual([{ chatId: 'c' }, { chatId: 'c', lastEventId: 'e1' }]);
    expect(attempts[1]?.op.id).not.toBe(attempts[0]?.op.id);
    expect(heard).toEqual(['e1', 'e2']);
  });

  it('begins again when the server ends the stream', async () => {
    const { attempts, nextAttempt } = followChat();
    const again = nextAttempt();
    attempts[0]?.observer.complete();
    await again;
    expect(attempts).toHaveLength(2);
  });

  it('is not connected again before the server has taken the stream, however open its socket is', async () => {
    const { states, say, fail, nextAttempt } = followChat();
    const open = { type: 'state', state: 'pending', error: null };
    say(open);
    for (const _ of [1, 2]) {
      const again = nextAttempt();
      fail(new Error('no database'));
      await again;
      say(open);
    }
    expect(states).toEqual(['pending', 'connecting', 'connecting']);
    say({ type: 'started' });
    expect(states.at(-1)).toBe('pending');
  });

  it('hands over what the server refuses', () => {
    const { attempts, refusals, fail } = followChat();
    fail(refusal);
    expect(refusals).toEqual([refusal]);
    expect(attempts).toHaveLength(1);
  });

  it('moves to server-sent events where it stands', () => {
    const { attempts, transport, tell } = followChat();
    tell('e1');
    transport.set('events');
    expect(attempts.map(({ via, ended }) => ({ via, ended }))).toEqual([
      { via: 'websocket', ended: true },
      { via: 'events', ended: false },
    ]);
    expect(attempts[1]?.op.input).toEqual({ chatId: 'c', lastEventId: 'e1' });
  });

  it('stays with the WebSocket when it has spoken', () => {
    const { attempts, transport } = followChat();
    transport.set('websocket');
    expect(attempts).toHaveLength(1);
  });

  it('ends the stream of a tab that nobody looks at, and goes on when somebody does', () => {
    const { attempts, present, tell } = followChat();
    tell('e1');
    present.set(false);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.ended).toBe(true);
    present.set(true);
    expect(attempts[1]?.op.input).toEqual({ chatId: 'c', lastEventId: 'e1' });
  });

  it('says nothing after the subscriber has left', () => {
    const { attempts, subscription, present, heard, tell } = followChat();
    subscription.unsubscribe();
    tell('late');
    present.set(false);
    present.set(true);
    expect(heard).toEqual([]);
    expect(attempts.map(({ ended }) => ended)).toEqual([true]);
  });
});
