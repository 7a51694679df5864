import { t } from '@/lib/i18n';
import { addressParts } from './address-text';

export interface CoinAddressProps {
  readonly address: string;
}

/** An address in full, in groups of four, the first two and the last two bold: those that are compared. */
export function CoinAddressBlock({ address }: CoinAddressProps) {
  const { prefix, groups } = addressParts(address);
  const bold = (index: number) => index < 2 || index >= groups.length - 2;
  return (
    <div dir="ltr" className="inline-grid font-mono text-[15px] leading-6">
      <span className="sr-only">{t('address.full', { address })}</span>
      {prefix !== '' && (
        <span aria-hidden="true" className="text-start text-ink-3 text-small">
          {prefix}
        </span>
      )}
      <span aria-hidden="true" className="grid grid-cols-[repeat(6,auto)] justify-start gap-x-2 text-start">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <span key={index} className={bold(index) ? 'font-semibold text-ink' : 'text-ink-2'}>
            {group}
          </span>
        ))}
      </span>
    </div>
  );
}
