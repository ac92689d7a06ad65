import { streamText } from 'ai';
import { demoModelId } from './demo-model.ts';
import type { Models } from './models.ts';

const maxWords = 6;
const maxLength = 60;
/** of the question and of the answer, each */
const excerptLength = 2_000;
/** Room for models that think before they speak. */
const maxOutputTokens = 1_000;

/** Tells a request for a title from one for an answer, too: server/testing/model-server.ts. */
export const titleInstructions =
  `Name the conversation that the user shows you, in its own language, with at most ${maxWords} words. ` +
  'Say the name only: no quotation marks, no full stop, no explanation.';

export type TitleInput = {
  /** "provider:model", the one that has answered */
  model: string;
  question: string;
  answer: string;
  abortSignal: AbortSignal;
};

/**
 * Whoever finds a title for the beginning of a chat: the model that has answered, asked once. The demo model is not
 * asked: it has no opinion.
 *
 * @returns a function that gives null when the model says nothing of use
 * @throws (that function) the provider's error, or once `abortSignal` is aborted
 */
export function createTitleWriter(models: Pick<Models, 'resolve'>): (input: TitleInput) => Promise<string | null> {
  return async ({ model, question, answer, abortSignal }) => {
    if (model === demoModelId) return toTitle(question.split(/\s+/).slice(0, maxWords).join(' '));
    let failure: unknown;
    const { textStream } = streamText({
      model: models.resolve(model),
      instructions: titleInstructions,
      prompt: `Question:\n${question.slice(0, excerptLength)}\n\nAnswer:\n${answer.slice(0, excerptLength)}`,
      maxOutputTokens,
      maxRetries: 0,
      abortSignal,
      onError: ({ error }) => void (failure = error),
    });
    let text = '';
    for await (const delta of textStream) text += delta;
    abortSignal.throwIfAborted();
    if (failure !== undefined) throw failure;
    return toTitle(text);
  };
}

/** What a model says → one line without the marks that some put around it; null when nothing is left. */
function toTitle(said: string): string | null {
  const lines = said.replaceAll(/<think>[\s\S]*?(<\/think>|$)/g, '').split('\n');
  const line = lines.map((each) => each.replaceAll(/[*#`]/g, '').trim()).find((each) => each !== '') ?? '';
  const bare = line
    .replace(/^(title|titel|name)\s*:\s*/i, '')
    .replaceAll(/^["'“„«‘\s]+|["'”“»’.,:;!\s]+$/g, '')
    .replaceAll(/\s+/g, ' ');
  if (bare === '') return null;
  return bare.length > maxLength ? `${bare.slice(0, maxLength - 1).trimEnd().toWellFormed()}…` : bare;
}
