import { it } from 'vitest';
import { practise } from './drill-story';

it('a thousand wallets outlive their servers', () => practise(1_000), 3_600_000);
