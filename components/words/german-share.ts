import type { englishShare } from './english-share.ts';
import type { Sentence } from './sentence.ts';

/** Der Link eines Chats und die Seite, die er öffnet. */
export const germanShare: Record<keyof typeof englishShare, Sentence> = {
  'share.menu': 'Teilen',
  'share.mark': 'Per Link geteilt',
  'share.title': 'Diesen Chat teilen',
  'share.who':
    'Wer den Link hat, kann diesen Chat ohne Anmeldung lesen: alles, was gesagt wurde, und alles, was noch gesagt wird, ' +
    'Wort für Wort, während es entsteht. Nicht zu sehen sind dein Name, Dateien und was Werkzeuge bekamen und fanden.',
  'share.loading': 'Der Link wird gesucht',
  'share.create': 'Link anlegen',
  'share.link': 'Link',
  'share.copy': 'Link kopieren',
  'share.view': 'Vorschau',
  'share.until': 'Der Link gilt, bis du das Teilen beendest oder den Chat löschst; auch im Archiv bleibt der Chat geteilt.',
  'share.end': 'Nicht mehr teilen',
  'share.wasEnded':
    'Mit diesem Link kann niemand mehr den Chat lesen, auch wo er gerade offen war. Ein neuer Link wird ein anderer sein.',
  'share.close': 'Schließen',
  'share.failed': 'Das hat nicht geklappt. {why}',
  'share.again': 'Noch einmal',

  'share.readOnly': 'Geteilter Chat, nur zum Lesen',
  'share.filesOnly': 'Dateien, die nicht geteilt sind',
  'share.home': 'Holdfast öffnen',
  'share.nothing': 'In diesem Chat wurde noch nichts gesagt.',
  'share.over.title': 'Dieser Link wird nicht mehr geteilt',
  'share.over.text':
    'Wer diesen Chat geteilt hat, hat das beendet oder den Chat gelöscht. Was gesagt wurde, ist hier nicht mehr zu lesen.',
};
