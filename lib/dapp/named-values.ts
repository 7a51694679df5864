/** The first `eth_signTypedData`: a list of values with names and types of the language, from before EIP-712. */
import { z } from 'zod';
import { type NamedValue, namedValuesDigest } from '@/lib/chains/evm/digest';
import { WalletError } from '@/lib/errors';

const MOST_VALUES = 100;
const ATOM = /^(u?int([0-9]{1,3})?|bytes([0-9]{1,2})?|string|bool|address)$/;

const namedValues = z
  .array(
    z.strictObject({
      type: z.string().regex(ATOM),
      name: z.string().min(1).max(100),
      value: z.union([z.string(), z.number().int(), z.boolean()]),
    }),
  )
  .min(1)
  .max(MOST_VALUES);

/** @throws WalletError `bad-message` where a value is not of its type */
export function checkNamedValues(sent: unknown): NamedValue[] {
  const parsed = namedValues.safeParse(sent);
  if (!parsed.success) throw new WalletError('bad-message', { reason: 'typed-data' });
  const values = parsed.data.map(({ type, name, value }) => ({ type, name, value: numberOf(type, value) }));
  try {
    namedValuesDigest(values);
  } catch {
    throw new WalletError('bad-message', { reason: 'typed-data' });
  }
  return values;
}

/** Numbers as decimal text, so that they cross as JSON. */
function numberOf(type: string, value: string | number | boolean): string | boolean {
  if (!/^u?int/.test(type)) {
    if (typeof value === 'number') throw new WalletError('bad-message', { reason: 'typed-data' });
    return value;
  }
  if (typeof value === 'boolean' || !/^(0x[0-9a-fA-F]{1,64}|-?[0-9]{1,78})$/.test(String(value)))
    throw new WalletError('bad-message', { reason: 'typed-data' });
  return BigInt(value).toString();
}
