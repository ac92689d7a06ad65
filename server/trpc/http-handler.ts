import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getServices } from '#server/services';
import { createHttpContext } from './context.ts';
import { reportError } from './report-error.ts';
import { appRouter } from './router.ts';

/** Calls in one request: a page needs a handful. */
const maxBatchSize = 20;

/** /api/trpc over HTTP: queries, mutations, and subscriptions as server-sent events. */
export function handleApiRequest(request: Request): Promise<Response> {
  const services = getServices();
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize,
    createContext: () => createHttpContext(services, request),
    onError: reportError(services.log),
    responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
  });
}
