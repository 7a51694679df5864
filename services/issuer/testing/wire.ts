/** Bodies of requests as they travel. */
import { z } from 'zod';
import { keepRequest, successRequest, tokensRequest } from '@/lib/keyless/wire/issuer';
import type { SignedStatement } from './model-vault';

export const wireSlot = (slot: Uint8Array) => z.encode(tokensRequest, { slot });
export const wireStatement = (signed: SignedStatement) => z.encode(keepRequest, signed);
export const wireSuccess = (slot: Uint8Array, tryNumber: number, signature: Uint8Array) =>
  z.encode(successRequest, { slot, tryNumber, signature });
