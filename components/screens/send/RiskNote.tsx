import { Note } from '@/components/ui/Note';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { t } from '@/lib/i18n';
import type { CheckedRecipient } from './RecipientPart';

export interface RiskNoteProps {
  readonly recipient: Pick<CheckedRecipient, 'address' | 'who' | 'risk'>;
  /** Shows the address that it looks like beside this one. */
  readonly detail?: 'short' | 'compare';
}

/** What speaks against a recipient, in words; nothing if nothing does. */
export function RiskNote({ recipient: { address, who, risk }, detail = 'short' }: RiskNoteProps) {
  if (risk === null) {
    return who.kind === 'new' && detail === 'compare' ? (
      <Note tone="warn" title={t('send.new.title')}>
        {t('send.new.text')}
      </Note>
    ) : null;
  }
  switch (risk.kind) {
    case 'self':
      return (
        <Note tone="warn" title={t('send.self.title')}>
          {t('send.self.text')}
        </Note>
      );
    case 'token-contract':
      return (
        <Note tone="danger" title={t('send.token-contract.title', { symbol: risk.symbol })}>
          {t('send.token-contract.text')}
        </Note>
      );
    case 'look-alike':
      return (
        <div className="grid gap-3">
          <Note tone="danger" title={t('send.look-alike.title')}>
            {t('send.look-alike.text', { whom: risk.name ?? t('send.look-alike.unnamed') })}
          </Note>
          {detail === 'compare' && (
            <dl className="grid gap-2 px-0.5 text-small">
              <dt className="text-ink-2">{t('send.look-alike.known')}</dt>
              <dd>
                <AddressBlock address={risk.address} />
              </dd>
              <dt className="text-ink-2">{t('send.look-alike.this')}</dt>
              <dd>
                <AddressBlock address={address} />
              </dd>
            </dl>
          )}
        </div>
      );
    default:
      return risk satisfies never;
  }
}
