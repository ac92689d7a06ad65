import { describe, expect, it, vi } from 'vitest';
import { onToastOrder, takeToastOrders, toast } from './toast.ts';

type Sonner = Parameters<ReturnType<typeof takeToastOrders>[number]['carryOut']>[0];

/** What carrying out the orders calls. */
function carryOut() {
  const calls: unknown[][] = [];
  const note = (name: string) => (...args: unknown[]) => calls.push([name, ...args]);
  const sonner = { message: note('message'), error: note('error'), dismiss: note('dismiss') } as unknown as Sonner;
  for (const order of takeToastOrders()) order.carryOut(sonner);
  return calls;
}

describe('toast', () => {
  it('keeps what is said until it is taken, in order and once', () => {
    const heard = vi.fn();
    const end = onToastOrder(heard);
    const first = toast('Chat deleted.', { duration: 10_000 });
    const second = toast.error('The server cannot be reached.');
    toast.dismiss(first);
    end();
    toast('Kept.');
    expect(heard).toHaveBeenCalledTimes(3);
    expect(carryOut()).toEqual([
      ['message', 'Chat deleted.', { duration: 10_000, id: first }],
      ['error', 'The server cannot be reached.', { id: second }],
      ['dismiss', first],
      ['message', 'Kept.', { id: expect.any(Number) }],
    ]);
    expect(carryOut()).toEqual([]);
  });
});
