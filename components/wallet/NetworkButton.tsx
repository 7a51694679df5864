import { ChevronDown } from 'lucide-react';
import { Pill } from '@/components/ui/Pill';
import { t } from '@/lib/i18n';
import { NetworkIcon } from './NetworkIcon';

export interface NetworkButtonProps {
  readonly network: { readonly chainId: number; readonly name: string; readonly test: boolean };
  readonly onPress: () => void;
}

/** Which network is looked at, and the way to another one. */
export function NetworkButton({ network: { chainId, name, test }, onPress }: NetworkButtonProps) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={t('networks.change', { name })}
      onClick={onPress}
      className="inline-flex min-h-8 items-center gap-2 rounded-full px-2.5 text-ink-2 text-small transition-colors hover:bg-hover hover:text-ink"
    >
      <NetworkIcon chainId={chainId} name={name} size={18} />
      <span>{name}</span>
      {test && (
        <Pill tone="warn" size="row">
          {t('networks.test')}
        </Pill>
      )}
      <ChevronDown aria-hidden="true" size={14} className="shrink-0" />
    </button>
  );
}
