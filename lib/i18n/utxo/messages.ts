/** What a language has to bring for Bitcoin and its relatives; English is the pattern. */
import type { utxoMessages } from './en';
import type { refusals } from './en-refusals';

export type UtxoMessages = Readonly<typeof utxoMessages>;
export type UtxoRefusals = Readonly<typeof refusals>;
