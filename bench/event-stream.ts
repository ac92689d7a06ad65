/**
 * The `data` of server-sent events as JSON, one after the other; events of other names than "message" and the closing
 * "[DONE]" are left out.
 *
 * @throws when the server refuses, or the connection breaks
 */
export async function* readEventStream<Data>(response: Response): AsyncGenerator<Data> {
  if (!response.ok || !response.body) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + piece).split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const data = dataOf(block);
      if (data !== null) yield JSON.parse(data) as Data;
    }
  }
}

function dataOf(block: string): string | null {
  const lines = block.split('\n');
  if (lines.some((line) => line.startsWith('event:') && line.slice(6).trim() !== 'message')) return null;
  const data = lines.find((line) => line.startsWith('data:'))?.slice(5).trim();
  return data === undefined || data === '' || data === '[DONE]' ? null : data;
}
