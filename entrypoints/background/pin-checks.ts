import { type Confirmation, createConfirmation } from '@/lib/keyless/pin/confirmation';
import type { Keyring } from '@/lib/keyring/keyring';
import { createSlowDown, OF_PINS } from '@/lib/keyring/slow-down';
import type { Cells } from './cells';
import { environment } from './environment';

/** PINs that this device checks by itself; wrong ones make the next one wait. */
export function openPinChecks({ device, reminder, pinSlowDown }: Cells, wallet: Keyring): Confirmation {
  const { now } = environment;
  const slowDown = createSlowDown({ record: pinSlowDown, now, codes: OF_PINS });
  return createConfirmation({ device, reminder, slowDown, wallet, now });
}
