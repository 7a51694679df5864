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
    fromPublicKey(key: unknown, network: unknown, type: string): { toString(): string };
  };
  readonly Networks: { add(network: Readonly<Record<string, unknown>>): unknown };
  readonly Message: {
    new (text: string): { verify(address: unknown, signatureBase64: string): boolean };
    /** Written before every message, without its length. */
    MAGIC_BYTES: Uint8Array;
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
declare module 'coininfo' {
  /** Constants of a chain, collected from the sources of its node; its lines before messages are guesses. */
  export default function coininfo(symbol: string): {
    readonly versions: {
      readonly public: number;
      readonly private: number;
      readonly scripthash: number;
      readonly bip44: number;
      readonly bip32: { readonly public: number; readonly private: number };
    };
    readonly bech32?: string;
  };
}
