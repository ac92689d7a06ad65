/** Was die Seite über wartende Nachrichten sagt, und über das Senden, während eine Antwort geschrieben wird. */
export const germanQueue = {
  'composer.queue.hint': 'Einreihen: geht nach dieser Antwort hinaus (Eingabe)',
  'composer.interrupt': 'Antwort unterbrechen',
  'composer.interrupt.hint': 'Hält diese Antwort an und geht sofort hinaus ({keys})',

  'queue.section': 'Wartende Nachrichten',
  'queue.waiting': {
    one: '{count} Nachricht wartet auf das Ende der Antwort',
    other: '{count} Nachrichten warten auf das Ende der Antwort',
  },
  'queue.paused': { one: '{count} Nachricht ist zurückgehalten', other: '{count} Nachrichten sind zurückgehalten' },
  'queue.resumeNow': 'Jetzt freigeben',
  'queue.resume': 'Nach dieser Antwort freigeben',
  'queue.edit': 'Bearbeiten',
  'queue.remove': 'Aus der Reihe nehmen',
  'queue.text': 'Wartender Text',
  'queue.save': 'Speichern',
  'queue.cancel': 'Abbrechen',
  'queue.failed': 'Nicht geändert. {why}',
  'queue.kept': 'Die Nachricht wartet nicht mehr. Was du daran geändert hast, steht im Eingabefeld.',

  'shortcuts.interrupt': 'Senden, ohne auf die Antwort zu warten',
  'refusal.MESSAGE_SENT': 'Diese Nachricht ist inzwischen gesendet.',
  'refusal.QUEUE_FULL': 'Es warten schon zu viele Nachrichten.',
} as const;
