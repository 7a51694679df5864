import { asWalletError } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { emptyDraft } from './draft';
import { fillRequest, type Known, requestProblem } from './request';
import { addressProblem } from './send-errors';

/** As much as the field of the recipient takes (`lib/bus/send-draft`). */
const LONGEST = 300;
/** What is no address or name by itself (RFC 3986, 3.1). */
const OTHER_SCHEME = /^(?!ethereum:)[a-z][a-z\d+.-]*:/i;
/** A request of another kind of chain, whose address names that chain. A name in its place would be asked about. */
const OTHER_CHAIN =
  /^(?:bitcoin|bitcoincash|bitcoingold|dash|dogecoin|litecoin|monero|ripple|solana|tron):(?:\/\/)?([^?.]+)(?:\?|$)/i;

/**
 * Why a scanned text is no payment that can be made here; null where it is one.
 * @param find asks whom an address or a name leads to. @throws WalletError `bad-address`
 */
export async function scanProblem(
  text: string,
  known: Known & { readonly network: { readonly name: string } },
  find: (to: string) => Promise<unknown>,
): Promise<string | null> {
  if (text.length > LONGEST) return t('scan.not-payment');
  const unfilled = requestProblem(text, known);
  if (unfilled !== undefined) return unfilled;
  const other = OTHER_CHAIN.exec(text.trim())?.[1];
  if (other === undefined && OTHER_SCHEME.test(text.trim())) return t('scan.not-payment');
  const to = other ?? fillRequest({ ...emptyDraft(null), to: text }, known).to.trim();
  try {
    await find(to);
    return other === undefined ? null : t('scan.not-payment');
  } catch (thrown) {
    const { code, details } = asWalletError(thrown);
    // Whatever else there is, such as a node that is silent, the form says with what it is about.
    if (code !== 'bad-address') return null;
    return details.reason === 'format' || details.reason === 'empty'
      ? t('scan.not-payment')
      : addressProblem(details, to, known.network);
  }
}
