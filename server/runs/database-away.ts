/** Class 08: connection exceptions; 57P01–57P03: shut down, crashed, starting; 53300: no connection left. */
const awayState = /^(08...|57P0[123]|53300)$/;
const awaySystemCode = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|P100[128]|P1017|P2024)$/;
/** pg's own words for errors that it gives no code. */
const awayMessage = /^(Connection terminated|timeout exceeded when trying|Query read timeout|Client has encountered a connection error)/;

/** Whether an error, or what caused it, says that the database cannot be reached right now. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (awayState.test(code) || awaySystemCode.test(code))) return true;
  if (awayMessage.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return error.cause !== error && isDatabaseAway(error.cause);
}
