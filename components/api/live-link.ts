import type { Operation, OperationLink, TRPCClientError, TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { AppRouter } from '#server/trpc/router';
import { isTransient } from './api-error.ts';
import type { LiveTransport } from './live-transport.ts';
import type { ObservableValue } from './observable-value.ts';

export type LiveLinkOptions = {
  websocket: TRPCLink<AppRouter>;
  events: TRPCLink<AppRouter>;
  transport: ObservableValue<LiveTransport>;
  /** while false, nothing is subscribed */
  present: ObservableValue<boolean>;
  /** how long to wait before the n-th attempt in a row (n from 1), in milliseconds */
  retryDelayMs: (failures: number) => number;
};

/** Operations begun again get ids below zero, so that they never meet those the client gives out. */
let resumedOperations = 0;

/**
 * Subscriptions that survive: each follows the tab's transport, pauses while nobody looks, and begins again by its last
 * event id when its connection broke or the server ended it. Only a refusal by the server reaches the subscriber as an
 * error.
 */
export function liveLink(options: LiveLinkOptions): TRPCLink<AppRouter> {
  return (runtime) => {
    const links = { websocket: options.websocket(runtime), events: options.events(runtime) };
    return ({ op, next }) => survive({ op, next, links, options });
  };
}

type Survival = {
  op: Operation;
  next: Parameters<OperationLink<AppRouter>>[0]['next'];
  links: Record<'websocket' | 'events', OperationLink<AppRouter>>;
  options: LiveLinkOptions;
};

function survive({ op, next, links, options }: Survival): ReturnType<OperationLink<AppRouter>> {
  const { transport, present } = options;
  return observable((observer) => {
    let lastEventId: string | undefined;
    let failures = 0;
    let current: Unsubscribable | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let attempt = 0;

    const pause = () => {
      attempt += 1;
      clearTimeout(retry);
      current?.unsubscribe();
      current = undefined;
    };
    const tellState = (state: 'connecting' | 'pending', error: TRPCClientError<AppRouter> | null) =>
      observer.next({ result: { type: 'state', state, error } as never });
    const beginAgain = (error: TRPCClientError<AppRouter> | null) => {
      pause();
      tellState('connecting', error);
      retry = setTimeout(begin, options.retryDelayMs(++failures));
    };
    const begin = () => {
      pause();
      if (!present.get()) return;
      const mine = attempt;
      const link = links[transport.get() === 'events' ? 'events' : 'websocket'];
      current = link({ op: resumed(op, lastEventId), next }).subscribe({
        next(envelope) {
          if (mine !== attempt) return;
          const { result } = envelope;
          // An open socket says nothing of the stream: the server may still refuse it, for want of its database.
          if (failures > 0 && result.type === 'state' && result.state === 'pending') return;
          if (failures > 0 && result.type === 'started') tellState('pending', null);
          if (result.type === undefined || result.type === 'data') {
            failures = 0;
            lastEventId = result.id ?? lastEventId;
          }
          observer.next(envelope);
        },
        error(error) {
          if (mine !== attempt) return;
          if (isTransient(error)) beginAgain(error);
          else observer.error(error);
        },
        complete: () => mine === attempt && beginAgain(null),
      });
    };

    let usesEvents = transport.get() === 'events';
    const endings = [
      present.subscribe(begin),
      transport.subscribe(() => {
        if (usesEvents === (transport.get() === 'events')) return;
        usesEvents = !usesEvents;
        begin();
      }),
    ];
    begin();
    return () => {
      for (const end of endings) end();
      pause();
    };
  });
}

function resumed(op: Operation, lastEventId: string | undefined): Operation {
  const id = --resumedOperations;
  return lastEventId === undefined ? { ...op, id } : { ...op, id, input: { ...(op.input as object), lastEventId } };
}
