/** Lengths in UTF-16 code units, as inputs.ts enforces them and the page tells of them. */
export const maxMessageLength = 200_000;
export const maxTitleLength = 200;
export const maxPromptNameLength = 60;
export const maxPromptLength = 20_000;
/** How many messages may wait behind an answer. */
export const maxQueuedMessages = 20;
