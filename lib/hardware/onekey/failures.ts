import { type ErrorCode, WalletError } from '@/lib/errors';

/** `Failure.code` of the firmware, as far as it leads to words of its own. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [1, 'device-unsupported'],
  [4, 'device-cancelled'],
  [6, 'device-cancelled'],
  [7, 'device-pin-wrong'],
  [11, 'device-empty'],
]);

/** The device's own text stays where it is: no text of an error crosses a boundary. */
export const failureOf = ({ code }: { readonly code?: number | undefined }): WalletError =>
  new WalletError(CODES.get(code ?? 0) ?? 'device-refused');
