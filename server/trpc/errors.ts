/** What a refusal looks like to a client: one table from our codes to tRPC's, and nothing internal in the words. */
import { randomUUID } from 'node:crypto';
import { type TRPCDefaultErrorShape, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { ZodError } from 'zod';
import { maxQueuedMessages } from '#domain/input-limits';
import { isDatabaseAway } from '#server/runs/database-away';
import { isRunFault, type RunFaultCode } from '#server/runs/errors';

export type ErrorReason =
  | RunFaultCode
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

export type ErrorData = {
  code: TRPC_ERROR_CODE_KEY;
  httpStatus: number;
  path?: string;
  reason: ErrorReason;
  /** with RUN_ACTIVE */
  activeRunId?: string;
  /** with BAD_REQUEST, when the input has the wrong form */
  issues?: Array<{ path: string; message: string }>;
  /** with INTERNAL: the same id is in the log */
  errorId?: string;
};

export type ErrorShape = TRPCDefaultErrorShape & { data: ErrorData };

const notFound = 'There is nothing here, or it is not for you to see.';

/** One row for each refusal of the heart. */
const faults: Record<RunFaultCode, { code: TRPC_ERROR_CODE_KEY; message: string }> = {
  NOT_FOUND: { code: 'NOT_FOUND', message: notFound },
  RUN_ACTIVE: { code: 'CONFLICT', message: 'This chat is being answered right now.' },
  MESSAGE_CONFLICT: { code: 'CONFLICT', message: 'Another message has this id.' },
  MESSAGE_SENT: { code: 'CONFLICT', message: 'This message has been sent and is no longer in the queue.' },
  QUEUE_FULL: { code: 'CONFLICT', message: `At most ${maxQueuedMessages} messages may be queued in a chat.` },
  BAD_REQUEST: { code: 'BAD_REQUEST', message: 'The request does not fit the chat.' },
  FILE_GONE: { code: 'BAD_REQUEST', message: 'A file of the message is not here. Upload it again.' },
};

const reasons: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorReason>> = {
  NOT_FOUND: 'NOT_FOUND',
  UNAUTHORIZED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  TOO_MANY_REQUESTS: 'RATE_LIMITED',
  SERVICE_UNAVAILABLE: 'UNAVAILABLE',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
};

type Description = { code: TRPC_ERROR_CODE_KEY; message: string } & Pick<
  ErrorData,
  'reason' | 'activeRunId' | 'issues' | 'errorId'
>;

/** tRPC's error formatter: also decides the HTTP status. */
export function formatError({ error, path }: { error: TRPCError; path: string | undefined }): ErrorShape {
  const { code, message, ...details } = describeError(error);
  const httpStatus = getHTTPStatusCodeFromError(new TRPCError({ code }));
  return { code: TRPC_ERROR_CODES_BY_KEY[code], message, data: { code, httpStatus, path, ...details } };
}

/** Whether somebody has to look into it. */
export function isInternal(error: TRPCError): boolean {
  return describeError(error).reason === 'INTERNAL';
}

const errorIds = new WeakMap<TRPCError, string>();

/** The id under which an internal error is found in the log; the same at every call. */
export function errorIdOf(error: TRPCError): string {
  const id = errorIds.get(error) ?? randomUUID();
  errorIds.set(error, id);
  return id;
}

function describeError(error: TRPCError): Description {
  const { cause } = error;
  if (isRunFault(cause)) {
    const { code, message } = faults[cause.code];
    return { code, message, reason: cause.code, activeRunId: cause.activeRunId };
  }
  if (error.code === 'INTERNAL_SERVER_ERROR') return describeTrouble(error);
  const reason = reasons[error.code] ?? 'BAD_REQUEST';
  if (reason === 'NOT_FOUND') return { code: error.code, message: notFound, reason };
  if (cause instanceof ZodError) {
    const issues = cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return { code: error.code, message: 'The input does not have the right form.', reason, issues };
  }
  return { code: error.code, message: cause ? 'The request could not be read.' : error.message, reason };
}

function describeTrouble(error: TRPCError): Description {
  if (isDatabaseAway(error.cause)) {
    const message = 'The database cannot be reached right now. Try again in a moment.';
    return { code: 'SERVICE_UNAVAILABLE', message, reason: 'UNAVAILABLE' };
  }
  const message = 'Something went wrong on our side.';
  return { code: 'INTERNAL_SERVER_ERROR', message, reason: 'INTERNAL', errorId: errorIdOf(error) };
}
