import { type Caller, findCaller } from '#server/caller';
import type { Services } from '#server/services';

export type Context = {
  services: Services;
  /** who calls, null when nobody is signed in; asked at most once per HTTP request */
  findCaller(): Promise<Caller | null>;
  /** the same, straight from the database: for streams that outlive a session */
  findCallerNow(): Promise<Caller | null>;
  /** whether the request is one that a foreign page cannot have made */
  mayMutate: boolean;
};

/** A mutation is JSON and carries this header: a foreign page's form can send neither. */
export const mutationHeader = 'x-holdfast';

/** For requests through /api/trpc. */
export function createHttpContext(services: Services, { headers }: Pick<Request, 'headers'>): Context {
  const findCallerNow = () => findCaller(callerSource(services), headers);
  let caller: Promise<Caller | null> | undefined;
  const isJson = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
  return {
    services,
    findCallerNow,
    findCaller: () => (caller ??= findCallerNow()),
    mayMutate: isJson && headers.get(mutationHeader) === '1',
  };
}

/** For a WebSocket, whose Origin was checked at the upgrade. It may outlive its session, so every call asks anew. */
export function createSocketContext(services: Services, headers: Headers): Context {
  const findCallerNow = () => findCaller(callerSource(services), headers);
  return { services, findCallerNow, findCaller: findCallerNow, mayMutate: true };
}

function callerSource({ db, env }: Services) {
  return { pool: db.pool, secret: env.AUTH_SECRET! };
}
