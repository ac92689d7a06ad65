/** Trouble a person can do something about: its message is one line that says what, shown without a stack trace. */
export class Trouble extends Error {}

/**
 * Run a command's main function and end the process when it fails: with one line for a Trouble, with everything
 * known for the unforeseen.
 *
 * @param {() => Promise<void>} main
 */
export async function runCommand(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exit(1);
  }
}

/**
 * @param {unknown} error
 * @returns {string} the error in words, one line
 */
export function describeError(error) {
  if (error instanceof AggregateError && error.errors.length > 0) return describeError(error.errors[0]);
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.split('\n')[0] ?? message;
}
