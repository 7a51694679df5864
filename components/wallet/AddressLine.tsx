import { t } from '@/lib/i18n';
import { addressGroups, shortAddress } from './address-text';

export interface AddressProps {
  readonly address: string;
}

/** An address in its short form; the whole one is what a screen reader says and what the mouse shows. */
export function AddressLine({ address }: AddressProps) {
  return (
    <bdi dir="ltr" title={address} className="whitespace-nowrap font-mono text-small">
      <span aria-hidden="true">{shortAddress(address)}</span>
      <span className="sr-only">{t('address.full', { address })}</span>
    </bdi>
  );
}

/** An address in full, in groups of four, the first two and the last two bold: those that are compared. */
export function AddressBlock({ address }: AddressProps) {
  const groups = addressGroups(address);
  const bold = (index: number) => index < 2 || index >= groups.length - 2;
  return (
    <div dir="ltr" className="inline-grid grid-cols-[auto_1fr] gap-x-2 font-mono text-[15px] leading-6">
      <span className="sr-only">{t('address.full', { address })}</span>
      <span aria-hidden="true" className="text-ink-3">
        0x
      </span>
      <span aria-hidden="true" className="grid grid-cols-[repeat(5,auto)] gap-x-2 text-start">
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
