import { chatRouter } from './chat-router.ts';
import { router } from './init.ts';
import { messageRouter } from './message-router.ts';
import { modelRouter } from './model-router.ts';
import { promptRouter } from './prompt-router.ts';
import { queueRouter } from './queue-router.ts';
import { runRouter } from './run-router.ts';

/** The API of docs/api.md. */
export const appRouter = router({
  chat: chatRouter,
  message: messageRouter,
  model: modelRouter,
  prompt: promptRouter,
  queue: queueRouter,
  run: runRouter,
});

export type AppRouter = typeof appRouter;
