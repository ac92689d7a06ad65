import { type RunErrorCode, runErrors } from '#domain/run-error';

type Failures = { [Code in RunErrorCode as `failure.${Code}`]: (typeof runErrors)[Code] };

/** The API says these sentences, too. */
const failures = Object.fromEntries(
  Object.entries(runErrors).map(([code, sentence]) => [`failure.${code}`, sentence]),
) as Failures;

/** Every word that the page says, by the place that says it. The other languages are checked against this one. */
export const english = {
  'page.title': '{title} · Holdfast',
  'page.description': 'A chat for AI agents whose answers cannot be lost.',
  'page.signIn': 'Sign in',
  'page.toStart': 'To the start page',
  'page.missing.title': 'Nothing here',
  'page.missing.text': 'This page does not exist, or it is not yours to see.',
  'page.broken.title': 'That did not work',
  'page.broken.text': 'The page could not be shown. What was said and typed is kept.',
  'page.broken.again': 'Try again',

  'signIn.headline': 'Answers that cannot be lost',
  'signIn.promise': 'Close the tab, reload, lose the network: what the agent writes is kept, and goes on.',
  'signIn.guest': 'Continue as guest',
  'signIn.or': 'or with an account',
  'signIn.name': 'Name',
  'signIn.email': 'E-mail',
  'signIn.password': 'Password',
  'signIn.create': 'Create account',
  'signIn.signIn': 'Sign in',
  'signIn.haveAccount': 'I have an account',
  'signIn.needAccount': 'I need an account',
  'signIn.failed': 'That did not work.',

  'account.menu': 'Account',
  'account.signOut': 'Sign out',
  'account.language': 'Language',
  'account.appearance': 'Appearance',
  'account.system': 'As the system',
  'account.light': 'Light',
  'account.dark': 'Dark',

  'chats.nav': 'Chats',
  'chats.drawer': 'Chats and account',
  'chats.open': 'Open the list',
  'chats.new': 'New chat',
  'chats.empty': 'Your chats will appear here.',
  'chats.more': 'Loading more…',
  'chats.untitled': 'Untitled chat',
  'chats.options': 'Chat options',
  'chats.rename': 'Rename',
  'chats.rename.title': 'Rename chat',
  'chats.rename.field': 'Title',
  'chats.delete': 'Delete',
  'chats.delete.title': 'Delete this chat?',
  'chats.delete.text': '“{title}” and everything said in it will be gone.',
  'chats.answering': 'Answering',
  'chats.failed': 'Failed',
  'chats.unread': 'Unread',

  'dialog.cancel': 'Cancel',

  'conversation.log': 'Conversation',
  'conversation.toEnd': 'Scroll to the end',
  'conversation.greeting': 'What shall we work on?',
  'conversation.greeting.text': 'Whatever is answered here is kept, even if you close this page.',

  'message.you': 'You',
  'message.assistant': 'Assistant',
  'message.copy': 'Copy',
  'message.copy.refused': 'The browser did not allow access to the clipboard.',
  'message.regenerate': 'Regenerate',
  'message.failed': 'Failed',
  'message.stopped': 'Stopped',
  'message.thinking': 'Thinking…',
  'message.thoughts': 'Thoughts',

  // "Copy" is the name of the button that copies the whole answer.
  'markdown.copyCode': 'Code to clipboard',
  'markdown.copyTable': 'Table to clipboard',
  'markdown.copyTableAsCsv': 'As CSV',
  'markdown.copyTableAsMarkdown': 'As Markdown',
  'markdown.copyTableAsTsv': 'As TSV',

  'tool.input': 'Input',
  'tool.output': 'Output',
  'tool.outcome': 'Outcome',
  'tool.error': 'Error',
  'tool.unknown': 'Outcome unknown',
  'tool.done': 'Done',
  'tool.failed': 'Failed',
  'tool.denied': 'Denied',
  'tool.running': 'Running',

  'composer.box': 'Message',
  'composer.placeholder': 'Write a message…',
  'composer.send': 'Send',
  'composer.stop': 'Stop',
  'composer.model': 'Model:',
  'composer.builtIn': 'built in',
  'composer.tooLong': 'A message holds at most {count} characters.',
  'composer.busy': 'Not sent yet: an answer is still being written. Your text is kept.',
  'composer.notSent': 'Not sent. {why} Your text is kept.',
  'composer.retry': 'Retry',
  'composer.signIn': 'Sign in',

  'status.sending': 'Sending…',
  'status.waiting': 'Waiting for the first word…',
  'status.writing': 'Writing…',
  'status.stopping': 'Stopping…',
  'status.stopped': 'Stopped.',
  'status.reconnecting': 'Reconnecting…',
  'status.interrupted': 'Interrupted, continuing…',
  'status.resumed': 'Interrupted by a restart, continued {seconds} s later',

  'choice.section': 'After the failure',
  'choice.continue': 'Continue',
  'choice.retry': 'Retry',
  'choice.afterStep': 'Continue goes on after the last completed step; Retry writes a new answer from the start.',
  'choice.fromStart': 'No step was completed: Continue writes this answer again, Retry a new one.',
  'choice.warnBoth': {
    one: '{tools} may already have run; continuing or retrying may run it again.',
    other: '{tools} may already have run; continuing or retrying may run them again.',
  },
  'choice.warnRetry': {
    one: '{tools} may already have run; retrying may run it again.',
    other: '{tools} may already have run; retrying may run them again.',
  },
  'choice.refused': 'Not started. {why}',

  'refusal.RUN_ACTIVE': 'An answer is still being written in this chat.',
  'refusal.MESSAGE_CONFLICT': 'This message was already sent with other words.',
  'refusal.MESSAGE_SENT': 'This message has been sent meanwhile.',
  'refusal.QUEUE_FULL': 'Too many messages are waiting already.',
  'refusal.NOT_FOUND': 'This chat no longer exists.',
  'refusal.UNAUTHORIZED': 'You have been signed out.',
  'refusal.FORBIDDEN': 'You may not do that in this chat.',
  'refusal.RATE_LIMITED': 'That was too fast. Wait a moment and retry.',
  'refusal.BAD_REQUEST': 'The server did not accept this.',
  'refusal.UNAVAILABLE': 'The server has a problem right now.',
  'refusal.INTERNAL': 'Something went wrong on our side.',
  'refusal.UNREACHABLE': 'The server cannot be reached.',

  ...failures,
} as const satisfies Record<string, Sentence>;

/** `{name}` is filled in. One that depends on a number is given for each plural form of its language. */
export type Sentence = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

export type WordKey = keyof typeof english;

/** A language, complete. */
export type Words = Record<WordKey, Sentence>;
