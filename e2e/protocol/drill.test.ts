import { it } from 'vitest';
import { practise } from './drill-story';

it('twenty wallets outlive their servers: backup, an empty machine, restore, recovery', () => practise(20), 120_000);
