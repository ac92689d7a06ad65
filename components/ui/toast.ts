import type { toast as sonnerToast } from 'sonner';

export type ToastOptions = { duration?: number; action?: { label: string; onClick: () => void } };

/** Something to be said, or taken back, as soon as there is something that shows it. */
export type ToastOrder = {
  /** null where there is nothing to say */
  text: string | null;
  carryOut: (toast: typeof sonnerToast) => void;
};

let lastId = 0;
let orders: ToastOrder[] = [];
const listeners = new Set<() => void>();

/** Says something for a short while, over the page. The id returned is for `toast.dismiss`. */
export const toast = Object.assign((text: string, options?: ToastOptions) => say('message', text, options), {
  error: (text: string, options?: ToastOptions) => say('error', text, options),
  dismiss: (id: number) => give({ text: null, carryOut: (sonner) => sonner.dismiss(id) }),
});

/** What was ordered since the last time, oldest first. */
export function takeToastOrders(): ToastOrder[] {
  const taken = orders;
  orders = [];
  return taken;
}

/** Calls back after each order. Returns the way to end that. */
export function onToastOrder(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function say(kind: 'message' | 'error', text: string, options?: ToastOptions): number {
  const id = ++lastId;
  give({ text, carryOut: (sonner) => sonner[kind](text, { ...options, id }) });
  return id;
}

function give(order: ToastOrder): void {
  orders.push(order);
  for (const listener of listeners) listener();
}
