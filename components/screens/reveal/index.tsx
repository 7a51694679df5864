import { useState } from 'react';
import type { UnlockView, WalletView } from '@/lib/bus/snapshot';
import { type RevealedSecret, revealedSecretOf, secretText, type UnlockProof } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { Prove } from '../prove';
import { RevealScreen, titleOf } from './Screen';

export interface RevealProps {
  readonly wallet: WalletView;
  readonly unlock: UnlockView;
  readonly onDone: () => void;
}

/** The secret lives in this component alone, and goes with it. */
export function Reveal({ wallet, unlock, onDone }: RevealProps) {
  const { askSecret } = useWallet();
  const [secret, setSecret] = useState<RevealedSecret | null>(null);
  const ask = async (proof: UnlockProof) =>
    setSecret(revealedSecretOf(await askSecret('reveal', secretText({ walletId: wallet.id, unlock: proof }))));
  if (secret !== null) return <RevealScreen secret={secret} onDone={onDone} />;
  const kind = wallet.type === 'private-key' ? 'private-key' : 'phrase';
  return (
    <Prove
      unlock={unlock}
      title={titleOf(kind)}
      lead={t('reveal.lead')}
      text={t(kind === 'phrase' ? 'reveal.text.phrase' : 'reveal.text.key')}
      warning={t('reveal.never')}
      actionLabel={t('reveal.action')}
      passkeyLabel={t('reveal.passkey')}
      onProof={ask}
      onBack={onDone}
    />
  );
}
