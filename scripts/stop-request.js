/** One Ctrl-C may arrive twice: from the terminal, and forwarded by npm. */
const sameRequestMs = 500;

/**
 * Listen for the wish to stop: Ctrl-C, SIGTERM, a closed terminal, or the death of the process that started us.
 *
 * @param {() => void} onForce called when it is asked again
 * @returns {AbortSignal} aborted at the first request
 */
export function listenForStop(onForce) {
  const controller = new AbortController();
  let firstAt = 0;
  const ask = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now();
      controller.abort();
    } else if (performance.now() - firstAt > sameRequestMs) {
      onForce();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  process.on('disconnect', ask);
  return controller.signal;
}
