/** The tokens of this device: those that the build knows on each network, and those that were added by address. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { imitated } from './imitation';
import type { Address, ChainAdapter, Token } from './types';

const address = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const place = z.object({ chainId: z.int().min(1), address });
const addedToken = place.extend({ symbol: z.string(), name: z.string(), decimals: z.int().min(0).max(36) });

export const tokenOrder = z.enum(['held-first', 'by-name']);
export type TokenOrder = z.output<typeof tokenOrder>;

export const tokensRecord = z.object({ added: z.array(addedToken), hidden: z.array(place), order: tokenOrder });
export type TokensRecord = z.output<typeof tokensRecord>;

/** A token on a network. */
export interface KnownToken extends Token {
  readonly chainId: number;
  /** Of the build's list, not added here. */
  readonly listed: boolean;
  readonly hidden: boolean;
}

/** What an address turns out to be, before it is added. */
export interface TokenOffer extends Token {
  readonly chainId: number;
  /** Symbol of a listed token (or of the network's own unit) that this one only looks like. */
  readonly imitates: string | null;
}

export interface TokensDeps {
  /** Of the build. */
  readonly listed: ReadonlyArray<Token & { readonly chainId: number }>;
  readonly stored: { read(): Promise<TokensRecord | null>; write(value: TokensRecord): Promise<void> };
  readonly chainOf: (chainId: number) => Promise<ChainAdapter>;
}

export interface Tokens {
  all(): Promise<readonly KnownToken[]>;
  order(): Promise<TokenOrder>;
  /** @throws WalletError `bad-message` for a token that is not known */
  find(chainId: number, address: string): Promise<KnownToken>;
  /** @throws WalletError `bad-address`, `bad-token` with a reason (`duplicate` too), `chain-unreachable` */
  look(chainId: number, address: string): Promise<TokenOffer>;
  /** The same of any token, also of one that is known already. @throws as `look`, but never for a duplicate */
  describe(chainId: number, address: string): Promise<TokenOffer>;
  /** `look`, and keeps it. */
  add(chainId: number, address: string): Promise<TokenOffer>;
  /** @throws WalletError `bad-message` for a token that is not known */
  setVisibility(chainId: number, address: string, visibility: 'shown' | 'hidden'): Promise<void>;
  setOrder(order: TokenOrder): Promise<void>;
  /** Forgets all of it. */
  reset(): Promise<void>;
}

const NOTHING: TokensRecord = { added: [], hidden: [], order: 'held-first' };

export function createTokens({ listed, stored, chainOf }: TokensDeps): Tokens {
  const exclusively = inTurn();
  const read = async () => (await stored.read()) ?? NOTHING;
  const change = (edit: (record: TokensRecord) => TokensRecord) =>
    exclusively(async () => stored.write(edit(await read())));
  const all = async (): Promise<readonly KnownToken[]> => {
    const { added, hidden } = await read();
    const own = added.filter((token) => !listed.some(isAt(token)));
    const known = [
      ...listed.map((token) => ({ ...token, listed: true })),
      ...own.map((token) => ({ ...token, listed: false })),
    ];
    return known.map((token) => ({ ...token, hidden: hidden.some(isAt(token)) }));
  };
  const find = async (chainId: number, text: string): Promise<KnownToken> => {
    const known = (await all()).find(isAt({ chainId, address: text }));
    if (!known) throw new WalletError('bad-message', { reason: 'token' });
    return known;
  };
  const look = async (chainId: number, text: string): Promise<TokenOffer> => {
    const chain = await chainOf(chainId);
    const found = chain.checkAddress(text);
    const known = (await all()).find(isAt({ chainId, address: found }));
    if (known?.hidden) return offerOf(known);
    if (known) throw new WalletError('bad-token', { reason: 'duplicate', party: known.symbol });
    const token = await chain.token(found);
    return { ...token, chainId, imitates: imitated(token, [chain.info, ...listed]) };
  };

  return {
    all,
    find,
    look,
    describe: async (chainId, text) => {
      const known = (await all()).find(isAt({ chainId, address: text }));
      return known ? offerOf(known) : look(chainId, text);
    },
    order: async () => (await read()).order,
    add: async (chainId, text) => {
      const { imitates, ...token } = await look(chainId, text);
      await change(({ added, hidden, order }) => ({
        added: [...added.filter((one) => !isAt(token)(one)), token],
        hidden: hidden.filter((one) => !isAt(token)(one)),
        order,
      }));
      return { ...token, imitates };
    },
    setVisibility: async (chainId, text, visibility) => {
      const at = { chainId, address: (await find(chainId, text)).address };
      await change((record) => {
        const rest = record.hidden.filter((one) => !isAt(at)(one));
        return { ...record, hidden: visibility === 'hidden' ? [...rest, at] : rest };
      });
    },
    setOrder: (order) => change((record) => ({ ...record, order })),
    reset: () => exclusively(() => stored.write(NOTHING)),
  };
}

/** One that is known, but hidden: it is shown again, nobody has to be asked. */
const offerOf = ({ listed: _, hidden: __, ...token }: KnownToken): TokenOffer => ({ ...token, imitates: null });

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const isAt =
  (wanted: { readonly chainId: number; readonly address: string }) =>
  (one: { readonly chainId: number; readonly address: string }): boolean =>
    one.chainId === wanted.chainId && sameAddress(one.address, wanted.address);
