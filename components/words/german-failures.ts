import type { RunErrorCode } from '#domain/run-error';

/** Warum eine Antwort misslang; auf Englisch stehen die Sätze in domain/run-error.ts. */
export const germanFailures = {
  'failure.PROVIDER_UNAUTHORIZED':
    'Der Modellanbieter hat den API-Schlüssel abgelehnt. Prüfe den Schlüssel in der Konfiguration des Servers.',
  'failure.PROVIDER_RATE_LIMITED': 'Der Modellanbieter bekommt zu viele Anfragen. Warte einen Moment und versuche es noch einmal.',
  'failure.PROVIDER_UNAVAILABLE': 'Der Modellanbieter hat gerade selbst ein Problem. Versuche es gleich noch einmal.',
  'failure.PROVIDER_UNREACHABLE': 'Der Modellanbieter ist nicht erreichbar. Prüfe, ob er läuft und ob seine Adresse stimmt.',
  'failure.PROVIDER_REJECTED': 'Der Modellanbieter hat diese Anfrage nicht angenommen.',
  'failure.FILES_REJECTED':
    'Der Modellanbieter hat diesen Chat mit seinen Dateien nicht angenommen. Wähle ein Modell, das sie lesen kann.',
  'failure.PROVIDER_CUT': 'Der Modellanbieter hat mitten in der Antwort abgebrochen.',
  'failure.PROVIDER_TIMEOUT': 'Der Modellanbieter antwortet nicht mehr.',
  'failure.MODEL_NOT_FOUND': 'Der Modellanbieter kennt dieses Modell nicht. Wähle ein anderes.',
  'failure.STEP_TIMEOUT': 'Ein Schritt der Antwort dauerte länger, als ein Schritt dauern darf.',
  'failure.RUN_TIMEOUT': 'Die Antwort dauerte länger, als eine Antwort dauern darf.',
  'failure.ANSWER_TOO_LONG': 'Die Antwort wurde größer, als eine Nachricht fassen kann.',
  'failure.WORKER_LOST': 'Der Server, der diese Antwort schrieb, ging verloren, und auch die, die sie fortsetzen wollten.',
  'failure.STORAGE_FAILED': 'Die Antwort konnte nicht gespeichert werden: Die Datenbank hat sie abgelehnt.',
  'failure.STORAGE_FULL': 'Die Antwort konnte nicht gespeichert werden: Die Datenbank hat keinen Platz mehr.',
  'failure.INTERNAL': 'Beim Schreiben dieser Antwort ist bei uns etwas schiefgegangen.',
} as const satisfies Record<`failure.${RunErrorCode}`, string>;
