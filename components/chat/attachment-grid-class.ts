/** Shared by the attachments of a draft and what keeps their place. */
export const attachmentGridClass = 'grid max-h-[30dvh] gap-2 overflow-y-auto px-3 pt-3 sm:grid-cols-2';
