const digits = '0123456789abcdef';

/** Version 4 (RFC 9562, section 5.4). By hand: pages without encryption have no `crypto.randomUUID`. */
export function randomUuid(): string {
  // Not taken beforehand: that costs every page, and who changes it gives the wallet a name in his own page only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let text = '';
  for (let at = 0; at < 16; at += 1) {
    const byte = bytes[at] ?? 0;
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-';
    text += `${digits[marked >> 4]}${digits[marked & 0x0f]}`;
  }
  return text;
}
