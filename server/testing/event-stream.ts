/** An event of the name "message"; `id` is the cursor after it, where the server gives one. */
export type StreamEvent<Data> = { id: string | null; data: Data };

/** The server refused, or said in the stream why it ends. */
export class EventStreamRefusal extends Error {
  override name = 'EventStreamRefusal';
  /** what it said, parsed where it was JSON */
  readonly answer: unknown;

  constructor(message: string, answer: unknown) {
    super(message);
    this.answer = answer;
  }
}

/**
 * Server-sent events with JSON in them, one after the other; events of other names than "message" and the closing
 * "[DONE]" are left out.
 *
 * @throws EventStreamRefusal; anything else when the connection breaks
 */
export async function* readEventStream<Data>(response: Response): AsyncGenerator<StreamEvent<Data>> {
  if (!response.ok || !response.body) {
    const answer = await response.text();
    throw new EventStreamRefusal(`${response.url}: ${response.status} ${answer}`, parse(answer));
  }
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + piece).split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const { event = 'message', id = null, data } = fieldsOf(block);
      if (event === 'serialized-error') throw new EventStreamRefusal(`${response.url}: ${data}`, parse(data));
      if (event === 'message' && data && data !== '[DONE]') yield { id, data: JSON.parse(data) as Data };
    }
  }
}

type Fields = Partial<Record<'event' | 'id' | 'data', string>>;

function fieldsOf(block: string): Fields {
  const lines = block.split('\n').flatMap((line) => {
    const [, name, value] = /^(event|id|data):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!.trim()]];
  });
  return Object.fromEntries(lines) as Fields;
}

function parse(answer: string | undefined): unknown {
  try {
    return JSON.parse(answer ?? '');
  } catch {
    return answer;
  }
}
