/** Who asks: a document, by the browser's word for it. */
import type { DocumentSender } from '@/lib/bus/transport';

export interface Principal extends DocumentSender {
  /** Of the page in the tab, where the asker is a frame of another site's page; null if it is that page, or of its site. */
  readonly topOrigin: string | null;
}

/** Who asks, and what its content script sees of the page around it. */
export interface Asker extends DocumentSender {
  /** Origin of the page in the tab; null where the script cannot tell. */
  readonly seenTop: string | null;
}

/**
 * @param portName of the line: its last word is what the script sees. The page's own scripts cannot change it, but a
 *   browser need not tell it, so it counts only where the page in the tab does not answer for itself.
 */
export function seenTopOf(portName: string): string | null {
  const told = portName.split(' ')[2] ?? '';
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/\s]{0,500}$/.test(told) ? told : null;
}

/** Nobody in particular: sandboxed frames, `data:` pages, files. They may read the chain and have no accounts. */
export function isOpaque(origin: string): boolean {
  return !/^https?:\/\/[^/]+$/.test(origin);
}
