/** run.follow over a WebSocket of its own, as a tab has one, without the client library's own work. */
import { WebSocket } from 'ws';
import type { RunEvent } from '#domain/run-event';
import { instant } from '#server/testing/model-answer';
import type { Api } from '#server/testing/api-client';

export type ChatSocket = {
  bytes(): number;
  close(): void;
};

type Message = { result?: { type: string; data?: { id: string; data: RunEvent } }; error?: { message: string } };

/**
 * @param hear called with each event and when it arrived (see `instant`)
 * @param onError the stream has failed, or the connection is lost
 */
export function openChatSocket(
  { origin, cookie }: Pick<Api, 'origin' | 'cookie'>,
  chatId: string,
  { hear, onError }: { hear: (event: RunEvent, arrivedAt: number) => void; onError: (error: Error) => void },
): ChatSocket {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/trpc`, { headers: { cookie, origin } });
  let bytes = 0;
  let isClosed = false;
  socket.once('open', () => {
    socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'run.follow', input: { chatId } } }));
  });
  socket.on('message', (data: Buffer) => {
    const arrivedAt = instant();
    bytes += data.length;
    const text = data.toString();
    if (text === 'PING') return socket.send('PONG');
    const { result, error } = JSON.parse(text) as Message;
    if (error) return onError(new Error(error.message));
    if (result?.type === 'data') hear(result.data!.data, arrivedAt);
  });
  socket.once('error', onError);
  socket.once('close', (code) => isClosed || onError(new Error(`the socket was closed with ${code}`)));
  return {
    bytes: () => bytes,
    close() {
      isClosed = true;
      socket.close();
    },
  };
}
