/**
 * What of an address may stand in a log line: not its query, which holds what people look for and send, and not the
 * secret of a shared link.
 */
export function printableUrl(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/(\/share\/)[^/]+/gi, '$1[token]');
}
