type NamedFile = { name: string; mediaType: string };

/** A text file as a model reads it. Names hold no line breaks (server/files/file-name.ts). */
export function quoteFile({ name, mediaType }: NamedFile, text: string): string {
  return `Attached file "${name}" (${mediaType}):\n\n${text}`;
}

/** A file whose content a model is not sent. */
export function describeFile({ name, mediaType }: NamedFile): string {
  return `Attached file "${name}" (${mediaType}), not shown here any more.`;
}

/** The file that such a text is about. */
export function readFileHeader(text: string): NamedFile | undefined {
  const [, name, mediaType] = /^Attached file "(.*)" \(([\w.+-]+\/[\w.+-]+)\)[:,]/.exec(text) ?? [];
  return name === undefined || mediaType === undefined ? undefined : { name, mediaType };
}
