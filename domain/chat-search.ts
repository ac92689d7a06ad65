/** A piece of a text; those that were searched for are marked. */
export type TextSegment = { text: string; isHit: boolean };

/** A place where all words of a search stand: the title of a chat, or one of its messages. */
export type SearchHit = {
  chatId: string;
  /** of the chat; none for a chat without a title */
  title: TextSegment[];
  archivedAt: string | null;
  /** null when the words stand in the title */
  message: { id: string; role: 'user' | 'assistant'; snippet: TextSegment[] } | null;
  /** when the message was written; for a title, the chat's latest activity */
  at: string;
};
