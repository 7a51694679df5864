import { Row, RowList } from '@/components/ui/Card';
import { Sheet } from '@/components/ui/Sheet';
import type { Currency, LanguageChoice, Snapshot } from '@/lib/bus/snapshot';
import { currencyName, LANGUAGE_NAMES, t } from '@/lib/i18n';

export interface ChoiceSheetProps<Choice> {
  readonly open: boolean;
  readonly chosen: Choice;
  readonly onChoose: (choice: Choice) => void;
  readonly onClose: () => void;
}

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  /** BCP 47, where the label is not in the language of the page. */
  readonly lang?: string;
}

interface ChoicesProps<Value> extends Omit<ChoiceSheetProps<Value>, 'open'> {
  readonly choices: readonly Choice<Value>[];
}

function Choices<Value extends string | null>({ choices, chosen, onChoose, onClose }: ChoicesProps<Value>) {
  return (
    <RowList>
      {choices.map(({ value, label, lang }) => (
        <Row
          key={value ?? ''}
          title={<span lang={lang}>{label}</span>}
          end={value === chosen ? 'check' : undefined}
          current={value === chosen ? 'true' : undefined}
          onPress={() => {
            onChoose(value);
            onClose();
          }}
        />
      ))}
    </RowList>
  );
}

/** Each language by its own name: who does not read the present one finds the own one. */
export function LanguageSheet({ open, ...rest }: ChoiceSheetProps<LanguageChoice>) {
  const choices: Choice<LanguageChoice>[] = [
    { value: 'system', label: t('general.language.system') },
    { value: 'en', label: LANGUAGE_NAMES.en, lang: 'en' },
    { value: 'zh-CN', label: LANGUAGE_NAMES['zh-CN'], lang: 'zh-CN' },
    { value: 'es', label: LANGUAGE_NAMES.es, lang: 'es' },
  ];
  return (
    <Sheet open={open} onClose={rest.onClose} title={t('general.language')}>
      <Choices {...rest} choices={choices} />
    </Sheet>
  );
}

const CURRENCIES: readonly Currency[] = ['usd', 'eur', 'cny', 'gbp', 'jpy'];

export interface ValuesSheetProps extends ChoiceSheetProps<Currency | null> {
  readonly source: NonNullable<Snapshot['priceSource']>;
}

/** The currency, and who is going to be asked. */
export function ValuesSheet({ open, source, ...rest }: ValuesSheetProps) {
  const choices: Choice<Currency | null>[] = [
    { value: null, label: t('general.values.off') },
    ...CURRENCIES.map((value) => ({ value, label: currencyName(value) })),
  ];
  return (
    <Sheet
      open={open}
      onClose={rest.onClose}
      title={t('general.values')}
      description={t('general.values.text', source)}
    >
      <Choices {...rest} choices={choices} />
    </Sheet>
  );
}
