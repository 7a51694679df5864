/** What one allowance lets somebody take, in words. */
import type { AllowanceView } from '@/lib/bus/allowances';
import { t } from '@/lib/i18n';
import { assetName, boundAmount } from '../approval/facts-text';

export const whatText = ({ place, amount }: AllowanceView): string =>
  place.kind === 'collection' ? t('allowances.collection', { name: assetName(amount.asset) }) : boundAmount(amount);
