/** The nonce that this request's Content-Security-Policy gives to scripts. */
export function scriptNonceOf(headers: Headers): string | undefined {
  return /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
}
