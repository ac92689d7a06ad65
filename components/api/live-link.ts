import type { Operation, OperationLink, TRPCClientError, TRPCLink } from '@trpc/client';
import { type inferObservableValue, observable, type Observer, type Unsubscribable } from '@trpc/server/observable';
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
    return ({ op, next }) =>
      observable((observer) => {
        const subscription = new SurvivingSubscription({ op, next, links, options, observer });
        return () => subscription.end();
      });
  };
}

type Next = Parameters<OperationLink<AppRouter>>[0]['next'];
type Envelopes = ReturnType<Next>;
type EnvelopeObserver = Observer<inferObservableValue<Envelopes>, TRPCClientError<AppRouter>>;

type Survival = {
  op: Operation;
  next: Next;
  links: Record<'websocket' | 'events', OperationLink<AppRouter>>;
  options: LiveLinkOptions;
  observer: EnvelopeObserver;
};

class SurvivingSubscription {
  readonly #parts: Survival;
  readonly #endings: Array<() => void>;
  #usesEvents: boolean;
  #lastEventId: string | undefined;
  #failures = 0;
  #attempt = 0;
  #current: Unsubscribable | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Survival) {
    const { transport, present } = parts.options;
    this.#parts = parts;
    this.#usesEvents = transport.get() === 'events';
    this.#endings = [present.subscribe(() => this.#begin()), transport.subscribe(() => this.#follow())];
    this.#begin();
  }

  end(): void {
    for (const end of this.#endings) end();
    this.#pause();
  }

  #begin(): void {
    this.#pause();
    const { op, next, links, options, observer } = this.#parts;
    if (!options.present.get()) return;
    const mine = this.#attempt;
    const link = links[options.transport.get() === 'events' ? 'events' : 'websocket'];
    this.#current = link({ op: resumed(op, this.#lastEventId), next }).subscribe({
      next: (envelope) => mine === this.#attempt && this.#pass(envelope),
      error: (error) => {
        if (mine !== this.#attempt) return;
        if (isTransient(error)) this.#beginAgain(error);
        else observer.error(error);
      },
      complete: () => mine === this.#attempt && this.#beginAgain(null),
    });
  }

  #pause(): void {
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#current?.unsubscribe();
    this.#current = undefined;
  }

  #beginAgain(error: TRPCClientError<AppRouter> | null): void {
    this.#pause();
    this.#tellState('connecting', error);
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#begin(), this.#parts.options.retryDelayMs(this.#failures));
  }

  /** Follow the tab to another transport. */
  #follow(): void {
    const usesEvents = this.#parts.options.transport.get() === 'events';
    if (usesEvents === this.#usesEvents) return;
    this.#usesEvents = usesEvents;
    this.#begin();
  }

  #pass(envelope: inferObservableValue<Envelopes>): void {
    const { result } = envelope;
    // An open socket says nothing of the stream: the server may still refuse it, for want of its database.
    if (this.#failures > 0 && result.type === 'state' && result.state === 'pending') return;
    if (this.#failures > 0 && result.type === 'started') this.#tellState('pending', null);
    if (result.type === undefined || result.type === 'data') {
      this.#failures = 0;
      this.#lastEventId = result.id ?? this.#lastEventId;
    }
    this.#parts.observer.next(envelope);
  }

  #tellState(state: 'connecting' | 'pending', error: TRPCClientError<AppRouter> | null): void {
    this.#parts.observer.next({ result: { type: 'state', state, error } as never });
  }
}

function resumed(op: Operation, lastEventId: string | undefined): Operation {
  const id = --resumedOperations;
  return lastEventId === undefined ? { ...op, id } : { ...op, id, input: { ...(op.input as object), lastEventId } };
}
