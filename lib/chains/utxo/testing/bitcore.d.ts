/** The part of bitcore-lib and its twins that tests use; they come without types. */
interface BitcoreScript {
  readonly chunks: readonly unknown[];
}

interface BitcoreInput {
  readonly script: BitcoreScript;
  output: unknown;
  getWitnesses(): readonly Uint8Array[];
}

interface Bitcore {
  readonly Transaction: {
    new (hex: string): { readonly inputs: readonly BitcoreInput[]; readonly hash: string };
    readonly Output: new (fields: { satoshis: number; script: BitcoreScript }) => unknown;
  };
  readonly Script: {
    fromHex(hex: string): BitcoreScript;
    readonly Interpreter: {
      new (): {
        verify(
          scriptSig: BitcoreScript,
          scriptPubKey: BitcoreScript,
          transaction: unknown,
          index: number,
          flags: number,
          witnesses: readonly Uint8Array[],
          satoshis: number,
        ): boolean;
      };
      readonly [flag: `SCRIPT_VERIFY_${string}`]: number;
    };
  };
  readonly HDPrivateKey: {
    fromSeed(seedHex: string): { deriveChild(path: string): { readonly publicKey: unknown } };
  };
  readonly Address: {
    fromPublicKey(key: unknown, network: 'livenet', type: string): { toString(): string };
  };
}

declare module 'bitcore-lib' {
  const bitcore: Bitcore;
  export default bitcore;
}
declare module 'bitcore-lib-ltc' {
  const bitcore: Bitcore;
  export default bitcore;
}
declare module 'bitcore-lib-doge' {
  const bitcore: Bitcore;
  export default bitcore;
}
