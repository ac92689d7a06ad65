import { maxFileNameLength } from '#domain/file-limits';

/** Control characters, and those that make a name read differently from what it is. */
const deceiving = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name that can be shown and stored: no folders, nothing invisible, not too long; "file" when nothing is left. */
export function cleanFileName(given: string): string {
  const name = given.toWellFormed().replaceAll(deceiving, '').split(/[/\\]/).at(-1)!.trim();
  if (name === '' || /^\.+$/.test(name)) return 'file';
  if (name.length <= maxFileNameLength) return name;
  const ending = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, maxFileNameLength - ending.length).toWellFormed()}${ending}`;
}

/** A `Content-Disposition` that names the file in every browser. Only pictures are shown in the page. */
export function dispositionOf(name: string, isShown: boolean): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
