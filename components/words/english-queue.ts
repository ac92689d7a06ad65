/**
 * What the page says about messages that wait, and about sending while an answer is being written. No name of a control
 * holds "Send", "Stop" or "Message": those are names of the contract, and tests from outside find parts of names, too.
 */
export const englishQueue = {
  'composer.queue.hint': 'Queue: goes out after this answer (Enter)',
  'composer.interrupt': 'Interrupt the answer',
  'composer.interrupt.hint': 'Stops this answer and goes out at once ({keys})',

  'queue.section': 'Queued messages',
  'queue.waiting': { one: '{count} message waits for the answer to end', other: '{count} messages wait for the answer to end' },
  'queue.paused': { one: '{count} message is paused', other: '{count} messages are paused' },
  'queue.resumeNow': 'Resume now',
  'queue.resume': 'Resume after this answer',
  'queue.edit': 'Edit',
  'queue.remove': 'Remove from the queue',
  'queue.text': 'Queued text',
  'queue.save': 'Save',
  'queue.cancel': 'Cancel',
  'queue.failed': 'Not changed. {why}',
  'queue.kept': 'The message is no longer in the queue. What you changed in it is in the message box.',

  'shortcuts.interrupt': 'Send without waiting for the answer',
  'refusal.MESSAGE_SENT': 'This message has been sent meanwhile.',
  'refusal.QUEUE_FULL': 'Too many messages are waiting already.',
} as const;
