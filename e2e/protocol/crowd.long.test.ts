import { it } from 'vitest';
import { endureBadNetworks } from './crowd-story';

it(
  'twenty clients on bad networks for two minutes lose no wallet',
  () => endureBadNetworks(120_000, 50, 100),
  1_800_000,
);
