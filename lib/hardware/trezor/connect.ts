/** Trezor Connect as the signer uses it: one call at a time, answered by Trezor Suite in a tab of its own. */
import * as z from 'zod/mini';
import { type ErrorCode, WalletError } from '@/lib/errors';

/** As much of `@trezor/connect-web` as is used. */
export interface Connect {
  /** Resolves to `{ success: true, payload }` or `{ success: false, error: { code } }`; opens Suite if it is not open. */
  call(request: { readonly method: string } & Readonly<Record<string, unknown>>): Promise<unknown>;
  cancel(): void;
}

/** What Suite shows of who asks. */
export interface SuiteManifest {
  readonly appName: string;
  readonly appUrl: string;
  readonly email: string;
}

const answerSchema = z.discriminatedUnion('success', [
  z.object({ success: z.literal(true), payload: z.unknown() }),
  z.object({
    success: z.literal(false),
    error: z.object({
      code: z.optional(z.string().check(z.maxLength(100))),
      message: z.optional(z.string().check(z.maxLength(1_000))),
    }),
  }),
]);

/** Of Connect and of the firmware behind it, as far as they lead to words of their own. */
const CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['Method_Cancel', 'device-cancelled'],
  ['Method_PermissionsNotGranted', 'device-cancelled'],
  ['Failure_ActionCancelled', 'device-cancelled'],
  ['Failure_PinCancelled', 'device-cancelled'],
  ['Method_Interrupted', 'device-page-closed'],
  ['Failure_PinInvalid', 'device-pin-wrong'],
  ['Device_NotFound', 'device-disconnected'],
  ['Device_Disconnected', 'device-disconnected'],
  ['Transport_Missing', 'device-disconnected'],
  ['Device_UsedElsewhere', 'device-in-use'],
  ['Device_CallInProgress', 'device-in-use'],
  ['Device_InvalidState', 'device-wrong-wallet'],
  ['Device_MissingCapability', 'device-unsupported'],
  ['Method_Unsupported', 'device-unsupported'],
  ['Method_DataOverflowModelOne', 'device-unsupported'],
  ['Failure_UnexpectedMessage', 'device-unsupported'],
  ['Failure_NotInitialized', 'device-empty'],
  ['Handshake_Error', 'device-no-suite'],
  ['Popup_ConnectionMissing', 'device-no-suite'],
]);
/** Of the way to Suite, which has texts in the place of codes: its page was blocked, or did not load. */
const TEXTS: ReadonlyMap<string, ErrorCode> = new Map([
  ['Popup closed', 'device-page-closed'],
  ['handshake failed', 'device-no-suite'],
  ['Failed to create popup window', 'device-no-suite'],
  ['No active tab found', 'device-no-suite'],
]);

/**
 * @returns what Suite answers, as the schema has it
 * @throws WalletError `device-garbled` for anything else; what Suite says, by its code: no text of it crosses
 */
export async function askSuite<Output>(
  connect: Connect,
  request: Parameters<Connect['call']>[0],
  schema: z.ZodMiniType<Output>,
): Promise<Output> {
  const answer = answerSchema.safeParse(await connect.call(request));
  if (!answer.success) throw new WalletError('device-garbled');
  if (!answer.data.success) {
    const { code = '', message = '' } = answer.data.error;
    throw new WalletError(CODES.get(code) ?? TEXTS.get(message) ?? 'device-refused');
  }
  const payload = schema.safeParse(answer.data.payload);
  if (!payload.success) throw new WalletError('device-garbled');
  return payload.data;
}
