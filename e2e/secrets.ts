/** Looking for secrets in whatever form they may have taken. */

export type Secrets = Readonly<Record<string, Uint8Array | string>>;

/** Something that was seen, and where. */
export interface Sample {
  readonly where: string;
  readonly content: Uint8Array | string;
}

interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Of a longer secret each part of this length counts. */
const PART_BYTES = 16;
/** Shorter ones would be found by chance. */
const PART_CHARACTERS = 8;
const WORDS_IN_A_ROW = 3;
const SEPARATORS = [' ', ',', ', ', '","', '", "', '\n'];
const PREFIX_BYTES = 3;

/** @param words a phrase of which already a few words in a row are a secret */
export function phraseParts(words: string): string[] {
  const list = words.split(' ');
  const rows = list.slice(WORDS_IN_A_ROW - 1).map((_, index) => list.slice(index, index + WORDS_IN_A_ROW));
  return SEPARATORS.flatMap((separator) => rows.map((row) => row.join(separator)));
}

/** Every form of a text: as it is, in UTF-16, and encoded as bytes are. */
function formsOfText(text: string): Buffer[] {
  const parts = /^\d+$/.test(text) && text.length > PART_CHARACTERS ? windowsOf(text, PART_CHARACTERS) : [text];
  return parts.flatMap((part) => [...inBothWidths([part]), ...formsOfBytes(Buffer.from(part))]);
}

function windowsOf(text: string, length: number): string[] {
  return Array.from({ length: text.length - length + 1 }, (_, index) => text.slice(index, index + length));
}

/** Raw, hex, base64 at each of its three alignments, base64url, and the decimal forms that JSON gives byte arrays. */
function formsOfBytes(bytes: Buffer): Buffer[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((shift) => alignedBase64(bytes, shift));
  const decimals = [[...bytes].join(','), [...bytes].join(', ')];
  // Without its first name, with which every such form begins.
  const members = [...bytes].map((byte, index) => (index === 0 ? `${byte}` : `"${index}":${byte}`)).join(',');
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [bytes, ...inBothWidths([hex, hex.toUpperCase(), ...base64, ...base64url, ...decimals, members])];
}

/** The characters that depend on these bytes alone, wherever they stand in what was encoded. */
function alignedBase64(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return text.slice(first, last);
}

const inBothWidths = (texts: string[]): Buffer[] =>
  texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);

function partsOf(bytes: Uint8Array): Buffer[] {
  const whole = Buffer.from(bytes);
  const parts = Math.max(1, Math.floor(whole.length / PART_BYTES));
  return Array.from({ length: parts }, (_, index) => whole.subarray(index * PART_BYTES, (index + 1) * PART_BYTES));
}

/**
 * @param nameOf what a find is counted as; by default the secret's name, in whatever form it was found
 * @returns looks through one content for all of them at once: how often each is in it
 */
export function countsOf(
  secrets: Secrets,
  nameOf: (secret: string, isRaw: boolean) => string = (secret) => secret,
): (content: Uint8Array | string) => ReadonlyMap<string, number> {
  const needles = Object.entries(secrets).flatMap(([name, secret]): Needle[] =>
    typeof secret === 'string'
      ? formsOfText(secret).map((bytes) => ({ name: nameOf(name, false), bytes }))
      : partsOf(secret).flatMap((part) =>
          formsOfBytes(part).map((bytes) => ({ name: nameOf(name, bytes === part), bytes })),
        ),
  );
  const byPrefix = new Map<number, Needle[]>();
  const isPrefix = new Uint8Array(256 ** PREFIX_BYTES);
  for (const needle of needles) {
    const prefix = needle.bytes.readUIntBE(0, PREFIX_BYTES);
    isPrefix[prefix] = 1;
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
  }
  return (content) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const found = new Map<string, number>();
    let prefix = 0;
    for (let end = 0; end < bytes.length; end++) {
      prefix = ((prefix << 8) | (bytes[end] ?? 0)) & 0xffffff;
      if (end < PREFIX_BYTES - 1 || isPrefix[prefix] === 0) continue;
      const start = end - PREFIX_BYTES + 1;
      for (const { name, bytes: needle } of byPrefix.get(prefix) ?? [])
        if (needle.equals(bytes.subarray(start, start + needle.length))) found.set(name, (found.get(name) ?? 0) + 1);
    }
    return found;
  };
}

/** @returns the names of those that are in a content */
export function searchFor(secrets: Secrets): (content: Uint8Array | string) => string[] {
  const count = countsOf(secrets);
  return (content) => [...count(content).keys()];
}

/** Each secret that was found, with the place, once. */
export function findings(samples: readonly Sample[], secrets: Secrets): string[] {
  const search = searchFor(secrets);
  const found = samples.flatMap(({ where, content }) => search(content).map((name) => `${name} in ${where}`));
  return [...new Set(found)].sort();
}
