import { whenIdle } from '#components/ui/when-idle.ts';
import type { Fold, FoldBase } from '#domain/fold-chunks';

/** The AI SDK's reader weighs as much as a quarter of the page, and only an answer in progress needs it. */
const loadFold = () => import('#domain/fold-chunks');

/** Begin a fold. Null where its code cannot be had: the answer is then shown once it has settled. */
export async function beginFold(base: FoldBase): Promise<Fold | null> {
  const loaded = await loadFold().catch(() => null);
  return loaded && loaded.createFold(base);
}

/** Have the code before it is needed. Returns the way to cancel. */
export function prepareFold(): () => void {
  return whenIdle(() => void loadFold().catch(() => undefined));
}
