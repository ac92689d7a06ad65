/** A text to begin a message with. */
export type SavedPrompt = { id: string; name: string; text: string };
