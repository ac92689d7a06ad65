/** Where a shared chat is read, in this site. */
export function shareAddress(token: string): string {
  return `/share/${token}`;
}
