/** Who asks: a document, by the browser's word for it. */
import type { DocumentSender } from '@/lib/bus/transport';

export interface Principal extends DocumentSender {
  /** Of the page in the tab, where the asker is a frame of another site's page; null if it is that page, or of its site. */
  readonly topOrigin: string | null;
}

/** Nobody in particular: sandboxed frames, `data:` pages, files. They may read the chain and have no accounts. */
export function isOpaque(origin: string): boolean {
  return !/^https?:\/\/[^/]+$/.test(origin);
}
