/** All that a stream says, in order. */
export async function collectStream<Item>(stream: ReadableStream<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
