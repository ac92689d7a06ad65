/** Why a file is not taken. The page has words of its own for each; the API says these. */
export const fileRefusals = {
  FILE_EMPTY: { status: 400, message: 'The file is empty.' },
  FILE_TOO_LARGE: { status: 413, message: 'A file may have at most 10 MB.' },
  FILE_TYPE_REFUSED: {
    status: 415,
    message: 'Files of this type are not taken: send PNG, JPEG, GIF, WebP, PDF, or text in UTF-8.',
  },
  FILE_TYPE_DIFFERS: { status: 415, message: 'The content of the file is not of the type that was given for it.' },
  FILES_TOO_MANY: { status: 429, message: 'Too many uploaded files wait to be sent. Send some first, or wait a day.' },
} as const;

export type FileRefusalCode = keyof typeof fileRefusals;
