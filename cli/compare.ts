import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes, toHex } from '@/lib/bytes';
import type { Copy } from './read-copy';

export type Difference =
  | { kind: 'missing' | 'extra'; path: string; sha256: string }
  /** `offset`: first byte that differs, from 0. `fields`: top-level fields that differ, for the manifest. */
  | { kind: 'changed'; path: string; offset: number; builtSha256: string; copySha256: string; fields?: string[] };

export interface Comparison {
  verdict: 'identical' | 'identical-but-store-additions' | 'different';
  filesCompared: number;
  differences: Difference[];
  /** What a store is known to add to every extension; nothing in it can run code. */
  storeAdditions: string[];
}

/** Signature files that browsers and stores add; named exactly, so that nothing else hides among them. */
const STORE_FILES = new Set([
  '_metadata/verified_contents.json',
  '_metadata/computed_hashes.json',
  'META-INF/manifest.mf',
  'META-INF/mozilla.sf',
  'META-INF/mozilla.rsa',
  'META-INF/cose.manifest',
  'META-INF/cose.sig',
]);

const STORE_UPDATE_URLS = new Set([
  'https://clients2.google.com/service/update2/crx',
  'https://edge.microsoft.com/extensionwebstorebase/v1/crx',
]);

/** Compares a copy with a local build, file by file, byte by byte. */
export function compareCopies(built: Copy, copy: Copy): Comparison {
  const differences: Difference[] = [];
  const storeAdditions: string[] = [];
  for (const path of [...new Set([...built.keys(), ...copy.keys()])].sort()) {
    const ours = built.get(path);
    const theirs = copy.get(path);
    if (ours && theirs) {
      const updateUrl = path === 'manifest.json' ? storeUpdateUrl(ours, theirs) : undefined;
      if (updateUrl !== undefined) storeAdditions.push(`manifest.json: update_url ${updateUrl}`);
      else if (!equalBytes(ours, theirs)) differences.push(changed(path, ours, theirs));
    } else if (theirs) {
      if (STORE_FILES.has(path)) storeAdditions.push(path);
      else differences.push({ kind: 'extra', path, sha256: digest(theirs) });
    } else if (ours) {
      differences.push({ kind: 'missing', path, sha256: digest(ours) });
    }
  }
  const same = storeAdditions.length === 0 ? 'identical' : 'identical-but-store-additions';
  return {
    verdict: differences.length > 0 ? 'different' : same,
    filesCompared: built.size,
    differences,
    storeAdditions,
  };
}

const digest = (bytes: Uint8Array): string => toHex(sha256(bytes));

function changed(path: string, ours: Uint8Array, theirs: Uint8Array): Difference {
  const shorter = Math.min(ours.length, theirs.length);
  let offset = 0;
  while (offset < shorter && ours[offset] === theirs[offset]) offset++;
  const fields = path === 'manifest.json' ? changedFields(ours, theirs) : undefined;
  return {
    kind: 'changed',
    path,
    offset,
    builtSha256: digest(ours),
    copySha256: digest(theirs),
    ...(fields ? { fields } : {}),
  };
}

function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function changedFields(ours: Uint8Array, theirs: Uint8Array): string[] | undefined {
  const a = parseObject(ours);
  const b = parseObject(theirs);
  if (!a || !b) return undefined;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !isDeepStrictEqual(a[key], b[key]));
}

/** The update URL of a known store, if it is the only thing that the copy's manifest says beyond ours. */
function storeUpdateUrl(ours: Uint8Array, theirs: Uint8Array): string | undefined {
  const fields = changedFields(ours, theirs);
  if (fields?.length !== 1 || fields[0] !== 'update_url' || parseObject(ours)?.update_url !== undefined)
    return undefined;
  const url = parseObject(theirs)?.update_url;
  return typeof url === 'string' && STORE_UPDATE_URLS.has(url) ? url : undefined;
}
