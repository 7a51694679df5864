const HARD = 0x8000_0000;

/** m/44'/60'/0'/0/index (BIP-44, SLIP-44 coin 60). */
export const pathOf = (index: number): readonly number[] => [HARD + 44, HARD + 60, HARD, 0, index];
