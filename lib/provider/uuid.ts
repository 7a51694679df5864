const DIGITS = '0123456789abcdef';
const VERSION_4 = 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx';

/** Version 4 (RFC 9562, section 5.4). By hand: pages without encryption have no `crypto.randomUUID`. */
export function randomUuid(): string {
  // Not taken beforehand: that costs every page, and who changes it gives the wallet a name in his own page only.
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  let text = '';
  for (let at = 0; at < 36; at += 1) {
    const byte = bytes[at] ?? 0;
    const place = VERSION_4[at];
    text += place === 'x' ? DIGITS[byte & 15] : place === 'y' ? DIGITS[(byte & 3) | 8] : place;
  }
  return text;
}
