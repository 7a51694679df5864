import type { Activity } from '@/lib/chains/activity';
import type { AddressBook } from '@/lib/chains/address-book';
import type { Networks } from '@/lib/chains/networks';
import type { ChainRegistry } from '@/lib/chains/registry';
import type { Tokens } from '@/lib/chains/tokens';
import type { Keyring } from '@/lib/keyring/keyring';
import type { Cells } from './cells';
import type { DeviceSide } from './device';

/** What the answering of web sites is made of. */
export interface DappParts {
  readonly cells: Cells;
  readonly keyring: Keyring;
  readonly device: DeviceSide;
  readonly networks: Networks;
  readonly registry: ChainRegistry;
  readonly tokens: Tokens;
  readonly activity: Activity;
  readonly contacts: AddressBook;
  /** After a change of what pages show. */
  readonly changed: () => void;
  /** Something was sent: what becomes of it is looked after. */
  readonly follow: () => void;
}
