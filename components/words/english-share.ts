import type { Sentence } from './sentence.ts';

/** The link of a chat, and the page that it opens. */
export const englishShare = {
  'share.menu': 'Share',
  'share.mark': 'Shared by link',
  'share.title': 'Share this chat',
  'share.who':
    'Whoever has the link can read this chat without signing in: all that was said, and all that will be said, word by ' +
    'word as it is written. They do not see your name, files, or what tools were given and found.',
  'share.loading': 'Looking for the link',
  'share.create': 'Create link',
  'share.link': 'Link',
  'share.copy': 'Link to clipboard',
  'share.view': 'Preview',
  'share.until': 'The link works until you end it or delete the chat; in the archive the chat stays shared.',
  'share.end': 'End sharing',
  'share.wasEnded': 'Nobody can read the chat by that link any more, not even where it was open. A new link will be another one.',
  'share.close': 'Close',
  'share.failed': 'That did not work. {why}',
  'share.again': 'Try again',

  'share.readOnly': 'Shared chat, read only',
  'share.filesOnly': 'Files, which are not shared',
  'share.home': 'Open Holdfast',
  'share.nothing': 'Nothing has been said in this chat yet.',
  'share.over.title': 'This link is no longer shared',
  'share.over.text': 'Whoever shared this chat has ended that, or deleted the chat. What was said cannot be read here any more.',
} as const satisfies Record<string, Sentence>;
