import { Eye, FileKey, KeyRound, PencilLine, Sparkles, Usb } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Mark } from '@/components/ui/Mark';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

/** Ways to add a wallet. */
export type WayIn = 'phrase' | 'key' | 'hardware' | 'watch' | 'new-phrase' | 'keyless';

export interface AddWalletScreenProps {
  /** Nothing is here yet. */
  readonly first: boolean;
  /** A keyless wallet is here at most once. */
  readonly keylessOffered: boolean;
  readonly error: ErrorFacts | null;
  readonly onChoose: (way: WayIn) => void;
  /** Undefined where there is nothing to go back to. */
  readonly onBack: (() => void) | undefined;
}

const ICON = {
  phrase: <PencilLine aria-hidden="true" size={18} />,
  key: <FileKey aria-hidden="true" size={18} />,
  hardware: <Usb aria-hidden="true" size={18} />,
  watch: <Eye aria-hidden="true" size={18} />,
  'new-phrase': <Sparkles aria-hidden="true" size={18} />,
  keyless: <KeyRound aria-hidden="true" size={18} />,
} as const;

const BRING = ['phrase', 'key', 'hardware', 'watch'] as const;

/** All ways to a wallet: bring one along, or make a new one. */
export function AddWalletScreen({ first, keylessOffered, error, onChoose, onBack }: AddWalletScreenProps) {
  const row = (way: WayIn) => (
    <Row
      key={way}
      leading={ICON[way]}
      title={t(`add-wallet.${way}`)}
      detail={t(`add-wallet.${way}.detail`)}
      end="chevron"
      onPress={() => onChoose(way)}
    />
  );
  const make = keylessOffered ? (['keyless', 'new-phrase'] as const) : (['new-phrase'] as const);
  const back = onBack === undefined ? undefined : { label: t('action.back'), onPress: onBack };
  return (
    <Page header={first ? undefined : <Header title={t('add-wallet.title')} back={back} />}>
      <div className="grid gap-5 pb-5">
        {first && (
          <div className="grid justify-items-center gap-4 pt-8">
            <Mark size={56} />
            <Lead title={t('add-wallet.first.title')}>{t('add-wallet.first.text')}</Lead>
          </div>
        )}
        {error !== null && <ErrorNote error={error} />}
        <Group label={t('add-wallet.bring')}>
          <RowList>{BRING.map(row)}</RowList>
        </Group>
        <Group label={t('add-wallet.new')}>
          <RowList>{make.map(row)}</RowList>
        </Group>
      </div>
    </Page>
  );
}

export interface UnlockFirstScreenProps {
  readonly onChoose: () => void;
  readonly onBack: () => void;
}

/** What stays on a device must be sealed on it: this one has no lock of its own yet. */
export function UnlockFirstScreen({ onChoose, onBack }: UnlockFirstScreenProps) {
  return (
    <Page
      place="middle"
      body="text"
      header={<Header title={t('add-wallet.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={<ChooseLock onChoose={onChoose} />}
    >
      <div className="grid justify-items-center gap-6">
        <Mark size={72} state="apart" />
        <Lead title={t('unlock-first.title')} level="section">
          {t('unlock-first.text')}
        </Lead>
      </div>
    </Page>
  );
}

function ChooseLock({ onChoose }: Pick<UnlockFirstScreenProps, 'onChoose'>) {
  return (
    <Button variant="primary" onClick={onChoose}>
      {t('unlock-first.action')}
    </Button>
  );
}
