/** What a language has to bring. English is the pattern: its keys and its parameters are everybody's. */
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import type { messages } from './en';
import type { approvalMessages } from './en-approval';
import type { backupMessages } from './en-backup';
import type { firmwareMessages } from './en-firmware';
import type { hardwareMessages } from './en-hardware';
import type { networkMessages } from './en-networks';
import type { paymentMessages } from './en-payments';
import type { scanMessages } from './en-scan';
import type { siteMessages } from './en-sites';
import type { unlockMessages } from './en-unlock';
import type { walletMessages } from './en-wallets';
import type { Format, FormatParts } from './format';
import type { UtxoMessages } from './utxo/messages';

export type Messages = Readonly<typeof messages>;
export type MessageKey = keyof Messages;

/** What a language's parts bring, file by file as English has them. */
export type FirmwareMessages = Readonly<typeof firmwareMessages>;
export type HardwareMessages = Readonly<typeof hardwareMessages>;
export type BackupMessages = Readonly<typeof backupMessages>;
export type ApprovalMessages = Readonly<typeof approvalMessages>;
export type NetworkMessages = Readonly<typeof networkMessages>;
export type PaymentMessages = Readonly<typeof paymentMessages>;
export type ScanMessages = Readonly<typeof scanMessages>;
export type SiteMessages = Readonly<typeof siteMessages>;
export type UnlockMessages = Readonly<typeof unlockMessages>;
export type WalletMessages = Readonly<typeof walletMessages>;
export type MainMessages = Omit<
  Messages,
  | keyof ApprovalMessages
  | keyof BackupMessages
  | keyof FirmwareMessages
  | keyof HardwareMessages
  | keyof NetworkMessages
  | keyof PaymentMessages
  | keyof ScanMessages
  | keyof SiteMessages
  | keyof UnlockMessages
  | keyof WalletMessages
>;

/** What a message wants to be told: nothing, or one object of named facts. */
export type MessageParams<Key extends MessageKey> = Messages[Key] extends (facts: infer Facts, format: Format) => string
  ? [facts: Facts]
  : [];

/** What happened, whether anything was lost, what to do. */
export interface ErrorText {
  readonly title: string;
  readonly lost: string;
  readonly next: string;
}

export type ErrorTexts = {
  readonly [Code in ErrorCode]: (details: ErrorDetails, format: Format) => ErrorText;
};

export interface Language extends FormatParts {
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** What ends a sentence, and what stands between two. */
  readonly sentence: { readonly end: string; readonly gap: string };
  readonly messages: Messages;
  /** The words of Bitcoin and its relatives, in a file of their own. */
  readonly utxo: () => Promise<UtxoMessages>;
  readonly errors: ErrorTexts;
}
