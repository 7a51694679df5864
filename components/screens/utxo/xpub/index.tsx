import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import { u } from '@/lib/i18n/utxo';
import { accountName } from '../accounts/kind';
import { askedOf, type OfAccount } from '../shared';
import { useUtxoCall } from '../use-utxo';
import { type XpubFacts, XpubScreen } from './Screen';

export function Xpub({ wallet, coin, account, onBack }: OfAccount) {
  const ask = useUtxoCall();
  const { show } = useToaster();
  const [facts, setFacts] = useState<XpubFacts | null>(null);
  const read = useAction(async () => setFacts(await ask('xpub.show', askedOf({ wallet, coin, account }))));
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    show(u('xpub.copied'));
  };
  return (
    <XpubScreen
      accountName={accountName(account)}
      facts={facts}
      asking={read.busy}
      error={read.error}
      onShow={() => void read.run()}
      onCopy={(text) => copy(text).catch(() => undefined)}
      onBack={onBack}
    />
  );
}
