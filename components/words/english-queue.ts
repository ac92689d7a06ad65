/** What the page says about messages that wait, and about sending while an answer is being written. */
export const englishQueue = {
  'composer.queue.hint': 'Queue: goes out after this answer (Enter)',
  'composer.interrupt': 'Interrupt and send',
  'composer.interrupt.hint': 'Stops this answer and goes out at once ({keys})',

  'queue.section': 'Queued messages',
  'queue.waiting': { one: '{count} message waits for the answer to end', other: '{count} messages wait for the answer to end' },
  'queue.paused': { one: '{count} message is paused', other: '{count} messages are paused' },
  'queue.sendNow': 'Send now',
  'queue.resume': 'Send after this answer',
  'queue.edit': 'Edit',
  'queue.remove': 'Remove from the queue',
  'queue.text': 'Queued message',
  'queue.save': 'Save',
  'queue.cancel': 'Cancel',
  'queue.failed': 'Not changed. {why}',
  'queue.kept': 'The message is no longer in the queue. What you changed in it is in the message box.',

  'shortcuts.interrupt': 'Send without waiting for the answer',
  'refusal.MESSAGE_SENT': 'This message has been sent meanwhile.',
  'refusal.QUEUE_FULL': 'Too many messages are waiting already.',
} as const;
