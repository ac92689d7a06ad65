/**
 * Reads an answer that consists of the instants of its sending (the provider's `stamp` directive).
 *
 * @param onWord called for each word with how long it took to arrive, in milliseconds
 * @returns takes a piece of the answer and the instant of its arrival; pieces may be merged words or parts of one
 */
export function createStampReader(onWord: (latencyMs: number) => void): (piece: string, arrivedAt: number) => void {
  let rest = '';
  return (piece, arrivedAt) => {
    const words = (rest + piece).split(' ');
    rest = words.pop()!;
    for (const word of words) onWord(arrivedAt - Number(word));
  };
}
