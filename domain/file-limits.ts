/** What the server takes and the page tells of. A byte size counts bytes, not characters. */
export const maxFileBytes = 10_485_760;
export const maxFilesPerMessage = 10;
/** All files of one message together; what a model is sent again of a long chat is no more than that either. */
export const maxMessageFileBytes = 33_554_432;
/** Without its ending a name may be cut. */
export const maxFileNameLength = 200;

export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
/** As they are kept; any other text/* is kept as text/plain, so that no browser takes it for a page. */
export const textTypes = ['text/plain', 'text/markdown', 'text/csv', 'application/json'] as const;

export const isImageType = (mediaType: string): boolean => (imageTypes as readonly string[]).includes(mediaType);
export const isTextType = (mediaType: string): boolean => (textTypes as readonly string[]).includes(mediaType);
