import { getServices } from '#server/services';
import { createHttpContext } from './context.ts';
import { createCallerFactory } from './init.ts';
import { appRouter } from './router.ts';

const createCaller = createCallerFactory(appRouter);

/**
 * The API for pages that are rendered on the server, with the rights of the request's cookie. Queries only: without
 * the header and the content type of a mutation, mutations are refused.
 */
export function createPageApi(headers: Headers) {
  return createCaller(createHttpContext(getServices(), { headers }));
}
