import { it } from 'vitest';
import { endureBadNetworks } from './crowd-story';

it(
  'twenty clients on networks that delay, reset and half-open lose no wallet',
  () => endureBadNetworks(4_000, 2, 8),
  300_000,
);
