import { t } from '@/lib/i18n';
import type { KeptMethod } from './kept-method';

/** What is to be changed by somebody who opens this browser once more. */
export type Wanted =
  | { readonly change: 'set-passkey'; readonly method: 'passkey' }
  | { readonly change: 'add-password'; readonly method: 'password'; readonly next: string }
  | { readonly change: 'remove'; readonly method: KeptMethod };

/** What the page says that asks for it. */
export function titleOf({ change, method }: Wanted, isSet: boolean): string {
  return t(`unlock-settings.${method}.${change === 'remove' ? change : isSet ? 'change' : 'add'}`);
}
