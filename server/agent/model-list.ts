import { z } from 'zod';

const freshForMs = 30_000;
/** after a failure: a model server that was just started should show up soon */
const retryAfterMs = 5_000;
const patienceMs = 1_500;

const modelsResponse = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

export type ModelListSource = {
  /** address of the chat-completions API, without /models */
  baseUrl: string;
  apiKey: string | undefined;
  /** milliseconds, rising; only tests give another one */
  now?: () => number;
};

/**
 * The model ids that a server lists under /models, cached for 30 s. Nobody waits while an older list is known: it is
 * returned and renewed behind the caller's back. A server that does not answer within 1.5 s leaves the list as it was.
 *
 * @returns a function that never rejects; an empty list when the server has never answered
 */
export function createModelList({ baseUrl, apiKey, now = () => performance.now() }: ModelListSource) {
  let known: string[] | undefined;
  let renewAt = Number.NEGATIVE_INFINITY;
  let renewal: Promise<void> | undefined;

  async function renew(): Promise<void> {
    try {
      known = await fetchModelIds(baseUrl, apiKey);
      renewAt = now() + freshForMs;
    } catch {
      renewAt = now() + retryAfterMs;
    } finally {
      renewal = undefined;
    }
  }

  return async (): Promise<string[]> => {
    if (now() >= renewAt) renewal ??= renew();
    if (known === undefined) await renewal;
    return known ?? [];
  };
}

async function fetchModelIds(baseUrl: string, apiKey: string | undefined): Promise<string[]> {
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/models`, {
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`The model list came with HTTP ${response.status}.`);
  return modelsResponse.parse(await response.json()).data.map(({ id }) => id);
}
