/** Shares at rest: sealed by the key service, each for one account, generation and slot. */
import { ServiceError } from '@/services/http/api/problem';
import type { Envelope, EnvelopeRecord, RecordPlace } from '@/services/kms/envelope';

/** Where a share belongs; anywhere else it does not open. */
export type SharePlace = Omit<RecordPlace, 'field'>;

export interface ShareKeeper {
  /** @throws ServiceError 503 `temporarily-unavailable` */
  wrap(share: Uint8Array, place: SharePlace): Promise<EnvelopeRecord>;
  /** @throws ServiceError 503 `temporarily-unavailable`: a share that does not open is never "not found" */
  unwrap(wrapped: EnvelopeRecord, place: SharePlace): Promise<Uint8Array>;
}

/** Names the value in what the key service authenticates. */
export const FIELD = 'backend-share';

export function createShareKeeper(envelope: Envelope): ShareKeeper {
  return {
    wrap: (share, place) => envelope.seal(share, { ...place, field: FIELD }).catch(unavailable),
    unwrap: (wrapped, place) => envelope.open(wrapped, { ...place, field: FIELD }).catch(unavailable),
  };
}

function unavailable(cause: unknown): never {
  const detail = 'The key service could not open or seal a share.';
  throw new ServiceError(503, 'temporarily-unavailable', { detail, headers: { 'retry-after': '5' }, cause });
}
