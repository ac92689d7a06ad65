import type { ChatMessage, Chunk } from './message-view.ts';

type Metadata = NonNullable<Extract<Chunk, { type: 'reasoning-end' }>['providerMetadata']>;

/** How long a piece of an answer took, as it stands beside what the provider says of it. */
const name = 'holdfast';

/** @param before what else is said of the part */
export function withMilliseconds(before: Metadata | undefined, milliseconds: number): Metadata {
  return { ...before, [name]: { milliseconds: Math.round(milliseconds) } };
}

/** How long the model thought, or the tool worked; null where nobody knows. */
export function millisecondsOf(part: ChatMessage['parts'][number]): number | null {
  const metadata =
    part.type === 'reasoning'
      ? part.providerMetadata
      : 'resultProviderMetadata' in part
        ? part.resultProviderMetadata
        : undefined;
  const milliseconds = metadata?.[name]?.milliseconds;
  return typeof milliseconds === 'number' ? milliseconds : null;
}
