const mark = '[redacted]';

/** What keys look like, whoever issued them; rather one word too many than one too few. */
const keyShapes: [RegExp, string][] = [
  [/\bBearer\s+[^\s"',]+/gi, `Bearer ${mark}`],
  [/([?&](?:api[-_]?key|key|token)=)[^&\s"']+/gi, `$1${mark}`],
  [/(key provided:\s*)[^\s"',]+/gi, `$1${mark}`],
  [/\b(?:sk|pk|rk|xai|gsk|hf|key)[-_][\w*-]{6,}/g, mark],
  [/\bAIza[\w-]{10,}/g, mark],
  [/\b(?=[\w*-]*\d)(?=[\w*-]*[A-Za-z])[\w*-]{24,}/g, mark],
];

/**
 * Take keys out of a text that operators will read.
 *
 * @param secrets keys that are in use, taken out whatever they look like
 */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  const withoutKnown = secrets
    .filter((secret) => secret !== '')
    .reduce((result, secret) => result.replaceAll(secret, mark), text);
  return keyShapes.reduce((result, [shape, replacement]) => result.replace(shape, replacement), withoutKnown);
}
