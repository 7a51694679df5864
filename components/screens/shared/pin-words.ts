import { type MessageKey, t } from '@/lib/i18n';

const WEAKNESS: Readonly<Record<string, MessageKey & `pin-weak.${string}`>> = {
  'too-short': 'pin-weak.too-short',
  'too-long': 'pin-weak.too-long',
  'forbidden-character': 'pin-weak.forbidden-character',
  'same-digit': 'pin-weak.same-digit',
  sequence: 'pin-weak.sequence',
  repeated: 'pin-weak.repeated',
  date: 'pin-weak.date',
  common: 'pin-weak.common',
};

/** Why a PIN is refused. @param reason `details.reason` of a `pin-weak` error */
export function weaknessText(reason: string | undefined): string {
  return t((reason === undefined ? undefined : WEAKNESS[reason]) ?? 'pin-weak.other');
}

export function pinPadLabels() {
  return { field: t('pin.field'), show: t('pin.show'), hide: t('pin.hide'), erase: t('pin.erase') };
}
