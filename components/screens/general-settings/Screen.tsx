import { Bell, Coins, EyeOff, Grid3x3, Languages, Moon, Sun, SunMoon } from 'lucide-react';
import { useState } from 'react';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { Switch } from '@/components/ui/Switch';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts, LanguageChoice, SettingsView, Snapshot } from '@/lib/bus/snapshot';
import { currencyName, LANGUAGE_NAMES, t } from '@/lib/i18n';
import { LanguageSheet, ValuesSheet } from './sheets';

export interface GeneralSettingsScreenProps {
  readonly settings: SettingsView;
  /** Null in a build that knows no source of prices. */
  readonly priceSource: Snapshot['priceSource'];
  /** The browser has just said no. */
  readonly refused: boolean;
  readonly error: ErrorFacts | null;
  readonly onTheme: (theme: SettingsView['theme']) => void;
  readonly onLanguage: (language: LanguageChoice) => void;
  readonly onHideAmounts: (hide: boolean) => void;
  readonly onFiatCurrency: (currency: SettingsView['fiatCurrency']) => void;
  readonly onNotifications: (on: boolean) => void;
  readonly onPinReminders: (on: boolean) => void;
  readonly onBack: () => void;
}

export const languageName = (choice: LanguageChoice): string =>
  choice === 'system' ? t('general.language.system') : LANGUAGE_NAMES[choice];

/** Language, look, privacy, values, notifications. */
export function GeneralSettingsScreen(props: GeneralSettingsScreenProps) {
  const { settings, refused, error, onTheme, onNotifications, onPinReminders, onBack } = props;
  return (
    <Page header={<Header title={t('settings.general')} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid gap-4 pb-4">
        {error !== null && <ErrorNote error={error} />}
        {refused && (
          <Note tone="warn" title={t('general.refused')}>
            {t('general.refused.text')}
          </Note>
        )}
        <Language {...props} />
        <Group label={t('settings.look')}>
          <SegmentedControl<SettingsView['theme']>
            label={t('settings.look')}
            value={settings.theme}
            onValue={onTheme}
            segments={[
              { value: 'system', label: t('settings.theme.system'), icon: <SunMoon aria-hidden="true" size={16} /> },
              { value: 'light', label: t('settings.theme.light'), icon: <Sun aria-hidden="true" size={16} /> },
              { value: 'dark', label: t('settings.theme.dark'), icon: <Moon aria-hidden="true" size={16} /> },
            ]}
          />
        </Group>
        <Amounts {...props} />
        <Group label={t('general.notifications')}>
          <RowList>
            <Row
              leading={<Bell aria-hidden="true" size={18} />}
              title={t('general.notifications')}
              detail={t('general.notifications.detail')}
              trailing={
                <Switch
                  label={t('general.notifications')}
                  checked={settings.notifications}
                  onChecked={onNotifications}
                />
              }
            />
            {settings.notifications && (
              <Row
                leading={<Grid3x3 aria-hidden="true" size={18} />}
                title={t('general.pin-reminders')}
                detail={t('general.pin-reminders.detail')}
                trailing={
                  <Switch
                    label={t('general.pin-reminders')}
                    checked={settings.pinReminders}
                    onChecked={onPinReminders}
                  />
                }
              />
            )}
          </RowList>
        </Group>
      </div>
    </Page>
  );
}

function Language({ settings, onLanguage }: GeneralSettingsScreenProps) {
  const [choosing, setChoosing] = useState(false);
  return (
    <Group label={t('general.language')}>
      <RowList>
        <Row
          leading={<Languages aria-hidden="true" size={18} />}
          title={t('general.language')}
          trailing={languageName(settings.language)}
          end="chevron"
          onPress={() => setChoosing(true)}
        />
      </RowList>
      <LanguageSheet
        open={choosing}
        chosen={settings.language}
        onChoose={onLanguage}
        onClose={() => setChoosing(false)}
      />
    </Group>
  );
}

function Amounts({ settings, priceSource, onHideAmounts, onFiatCurrency }: GeneralSettingsScreenProps) {
  const [choosing, setChoosing] = useState(false);
  const { fiatCurrency, hideAmounts } = settings;
  return (
    <Group label={t('general.privacy')}>
      <RowList>
        <Row
          leading={<EyeOff aria-hidden="true" size={18} />}
          title={t('general.hide-amounts')}
          detail={t('general.hide-amounts.detail')}
          trailing={<Switch label={t('general.hide-amounts')} checked={hideAmounts} onChecked={onHideAmounts} />}
        />
        {priceSource !== null && (
          <Row
            leading={<Coins aria-hidden="true" size={18} />}
            title={t('general.values')}
            trailing={fiatCurrency === null ? t('general.values.off') : currencyName(fiatCurrency)}
            end="chevron"
            onPress={() => setChoosing(true)}
          />
        )}
      </RowList>
      {priceSource !== null && (
        <ValuesSheet
          open={choosing}
          source={priceSource}
          chosen={fiatCurrency}
          onChoose={onFiatCurrency}
          onClose={() => setChoosing(false)}
        />
      )}
    </Group>
  );
}
