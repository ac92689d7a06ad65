import type { attachmentWords } from './attachment-words.ts';

/** Was von Dateien gesagt wird, die zu Nachrichten gehören. */
export const germanAttachmentWords: Record<keyof typeof attachmentWords, string> = {
  'attachment.add': 'Dateien anhängen',
  'attachment.list': 'Anhänge',
  'attachment.drop': 'Loslassen, um die Dateien anzuhängen',
  'attachment.drop.text': 'Bilder, PDF und Text, bis zu je 10 MB.',
  'attachment.remove': '{name} entfernen',
  'attachment.retry': 'Noch einmal hochladen',
  'attachment.uploading': '{name} wird hochgeladen',
  'attachment.asText': 'Lieber als Text einfügen',
  'attachment.asText.failed': 'Der Text war nicht zu lesen. Er bleibt angehängt.',
  'attachment.open': '{name} zeigen',
  'attachment.save': '{name} sichern',
  'attachment.close': 'Schließen',
  'attachment.kilobytes': '{count} KB',
  'attachment.megabytes': '{count} MB',

  'fault.FILE_EMPTY': 'Die Datei ist leer.',
  'fault.FILE_TOO_LARGE': 'Größer als 10 MB.',
  'fault.FILE_TYPE_REFUSED': 'Nur PNG, JPEG, GIF, WebP, PDF und Text.',
  'fault.FILE_TYPE_DIFFERS': 'Der Inhalt ist nicht, was der Name sagt.',
  'fault.FILES_TOO_MANY': 'Zu viele Dateien warten auf das Senden.',
  'fault.FILES_TOO_LARGE': 'Eine Nachricht fasst 10 Dateien und 32 MB.',
  'fault.UNREACHABLE': 'Der Server ist nicht erreichbar.',
  'fault.UNAUTHORIZED': 'Du wurdest abgemeldet.',
  'fault.SERVER': 'Der Server hat gerade ein Problem.',
  'fault.CUT_OFF': 'Das Hochladen brach ab. Hänge sie neu an.',
  'fault.FILE_GONE': 'Nicht mehr vorhanden. Hänge sie neu an.',
};
