/** Signatures that give something away: permits and orders, by the shape of their types and not by what they are called. */
import type { AmountFacts, Deed } from '@/lib/bus/review';
import type { TypedData } from './check-typed-data';
import { amountOf, timeOf } from './facts';
import { PERMIT2 } from './known-contracts';
import type { Address, Surroundings } from './types';

const MOST = 24;

type Message = Readonly<Record<string, unknown>>;

/** Null for what is none of these. */
export async function knownTypedData(data: TypedData, account: Address, around: Surroundings): Promise<Deed | null> {
  const { primaryType, message, domain, types } = data;
  const contract = addressOf(domain.verifyingContract);
  const has = (...names: string[]) => names.every((name) => types[primaryType]?.some((one) => one.name === name));
  if (has('details', 'spender', 'sigDeadline')) return permit2(message, around);
  if (has('permitted', 'spender', 'deadline')) return permit2Transfer(message, contract, around);
  if (contract !== null && has('holder', 'spender', 'expiry', 'allowed')) return daiPermit(message, contract, around);
  if (contract !== null && has('spender', 'value', 'deadline')) return permit(message, contract, around);
  if (contract !== null && has('spender', 'tokenId', 'deadline')) return nftPermit(message, contract, around);
  if (has('offerer', 'offer', 'consideration')) return seaport(message, account, around);
  if (has('tree')) return seaportTree(message, account, around);
  if (has('trader', 'collection', 'listingsRoot') || (has('root') && domain.name === 'Blur Exchange'))
    return unreadable('blur', message);
  if (has('trader', 'side', 'collection', 'tokenId', 'price')) return blur(message, around);
  if (has('direction', 'maker', 'erc20Token', 'erc20TokenAmount')) return zeroEx(message, around);
  return null;
}

export const isPermit2 = (data: TypedData): boolean =>
  addressOf(data.domain.verifyingContract)?.toLowerCase() === PERMIT2.toLowerCase();

const addressOf = (value: unknown): Address | null =>
  typeof value === 'string' && /^0x[0-9a-f]{40}$/.test(value) ? (value as Address) : null;
const numberOf = (value: unknown): bigint => (typeof value === 'string' && /^[0-9]+$/.test(value) ? BigInt(value) : 0n);
const listOf = (value: unknown): readonly Message[] => {
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? [value]
      : [];
  return list.filter((one): one is Message => typeof one === 'object' && one !== null && !Array.isArray(one));
};
const NOBODY: Address = `0x${'0'.repeat(40)}`;
const partyOf = (value: unknown, around: Surroundings) => around.party(addressOf(value) ?? NOBODY);

async function permit({ spender, value, deadline }: Message, token: Address, around: Surroundings): Promise<Deed> {
  const amount = amountOf(await around.asset(token, 'erc20'), numberOf(value), 'at-most');
  return {
    kind: 'permit',
    amounts: [amount],
    spender: await partyOf(spender, around),
    untilMs: timeOf(numberOf(deadline)),
    how: 'erc2612',
  };
}

/** DAI gives all or nothing; an expiry of nought is never. */
async function daiPermit({ spender, expiry, allowed }: Message, token: Address, around: Surroundings): Promise<Deed> {
  const asset = await around.asset(token, 'erc20');
  const who = await partyOf(spender, around);
  if (allowed !== true) return { kind: 'allow-ended', asset, spender: who };
  const end = numberOf(expiry);
  const amount: AmountFacts = { asset, units: ((1n << 256n) - 1n).toString(), bound: 'unlimited' };
  return { kind: 'permit', amounts: [amount], spender: who, untilMs: end === 0n ? null : timeOf(end), how: 'dai' };
}

async function nftPermit(
  { spender, tokenId, deadline }: Message,
  collection: Address,
  around: Surroundings,
): Promise<Deed> {
  const amount = amountOf(await around.asset(collection, 'erc721', numberOf(tokenId).toString()), 1n);
  return {
    kind: 'permit',
    amounts: [amount],
    spender: await partyOf(spender, around),
    untilMs: timeOf(numberOf(deadline)),
    how: 'erc721',
  };
}

/** PermitSingle and PermitBatch: the right itself ends with the last `expiration`. */
async function permit2({ details, spender }: Message, around: Surroundings): Promise<Deed | null> {
  const list = listOf(details).slice(0, MOST);
  if (list.length === 0) return null;
  const amounts = await Promise.all(list.map((one) => tokenAmount(one.token, one.amount, around)));
  const ends = list.map((one) => numberOf(one.expiration));
  return {
    kind: 'permit',
    amounts,
    spender: await partyOf(spender, around),
    untilMs: timeOf(ends.reduce(later, 0n)),
    how: 'permit2',
  };
}

/** PermitTransferFrom, PermitBatchTransferFrom and those with a witness: whoever has it takes it at once. */
async function permit2Transfer(
  { permitted, spender, deadline }: Message,
  _: Address | null,
  around: Surroundings,
): Promise<Deed | null> {
  const list = listOf(permitted).slice(0, MOST);
  if (list.length === 0) return null;
  const amounts = await Promise.all(list.map((one) => tokenAmount(one.token, one.amount, around)));
  return {
    kind: 'permit',
    amounts,
    spender: await partyOf(spender, around),
    untilMs: timeOf(numberOf(deadline)),
    how: 'permit2-transfer',
  };
}

const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);

async function tokenAmount(token: unknown, units: unknown, around: Surroundings): Promise<AmountFacts> {
  return amountOf(await around.asset(addressOf(token) ?? NOBODY, 'erc20'), numberOf(units), 'at-most');
}

/** Item types of Seaport: 0 own unit, 1 ERC-20, 2 ERC-721, 3 ERC-1155, 4 and 5 any of a collection. */
async function item(one: Message, around: Surroundings): Promise<AmountFacts> {
  const kind = numberOf(one.itemType);
  const [start, end] = [numberOf(one.startAmount), numberOf(one.endAmount)];
  const token = addressOf(one.token) ?? NOBODY;
  const id = kind >= 4n ? undefined : numberOf(one.identifierOrCriteria).toString();
  if (kind === 0n) return amountOf(await around.asset(null), start < end ? start : end);
  if (kind === 1n) return amountOf(await around.asset(token, 'erc20'), start < end ? start : end);
  return amountOf(await around.asset(token, kind === 2n || kind === 4n ? 'erc721' : 'erc1155', id), later(start, end));
}

async function seaport(message: Message, account: Address, around: Surroundings): Promise<Deed> {
  const back = listOf(message.consideration).filter((one) => addressOf(one.recipient) === account.toLowerCase());
  const gives = await Promise.all(
    listOf(message.offer)
      .slice(0, MOST)
      .map((one) => item(one, around)),
  );
  const gets = await Promise.all(back.slice(0, MOST).map((one) => item(one, around)));
  return { kind: 'order', market: 'seaport', gives, gets, untilMs: timeOf(numberOf(message.endTime)), many: 'one' };
}

/** A bulk order is a tree of pairs; empty places are orders of nobody. */
async function seaportTree(message: Message, account: Address, around: Surroundings): Promise<Deed> {
  const orders = ordersIn(message.tree).filter((one) => addressOf(one.offerer) !== NOBODY);
  const [first] = orders;
  if (first === undefined) return unreadable('seaport', message);
  const all = await Promise.all(orders.slice(0, MOST).map((one) => seaport(one, account, around)));
  const parts = all.flatMap((deed) => (deed.kind === 'order' ? [deed] : []));
  return {
    kind: 'order',
    market: 'seaport',
    gives: parts.flatMap(({ gives }) => gives).slice(0, MOST),
    gets: parts.flatMap(({ gets }) => gets).slice(0, MOST),
    untilMs: parts.reduce<number | null>(
      (end, { untilMs }) => (end === null || untilMs === null ? null : Math.max(end, untilMs)),
      0,
    ),
    many: orders.length === 1 ? 'one' : orders.length > MOST ? 'unreadable' : 'several',
  };
}

function ordersIn(tree: unknown): readonly Message[] {
  if (Array.isArray(tree)) return tree.flatMap(ordersIn);
  return listOf(tree);
}

/** Side 1 sells. */
async function blur(message: Message, around: Surroundings): Promise<Deed> {
  const thing = amountOf(
    await around.asset(addressOf(message.collection) ?? NOBODY, 'erc721', numberOf(message.tokenId).toString()),
    1n,
  );
  const paid = addressOf(message.paymentToken);
  const price = amountOf(await around.asset(paid === NOBODY ? null : paid), numberOf(message.price));
  return sale('blur', thing, price, numberOf(message.side) === 1n, numberOf(message.expirationTime));
}

/** What orders of 0x write where the chain's own unit is meant. */
const ZERO_EX_OWN_UNIT: Address = `0x${'e'.repeat(40)}`;

/** ERC721Order and ERC1155Order of 0x: direction 0 sells. */
async function zeroEx(message: Message, around: Surroundings): Promise<Deed> {
  const [standard, token, id, units] =
    message.erc721Token === undefined
      ? (['erc1155', message.erc1155Token, message.erc1155TokenId, numberOf(message.erc1155TokenAmount)] as const)
      : (['erc721', message.erc721Token, message.erc721TokenId, 1n] as const);
  const thing = amountOf(await around.asset(addressOf(token) ?? NOBODY, standard, numberOf(id).toString()), units);
  const paid = addressOf(message.erc20Token);
  const price = amountOf(
    await around.asset(paid === ZERO_EX_OWN_UNIT ? null : paid),
    numberOf(message.erc20TokenAmount),
  );
  return sale('other', thing, price, numberOf(message.direction) === 0n, numberOf(message.expiry));
}

/** One thing for a price. */
const sale = (
  market: 'blur' | 'other',
  thing: AmountFacts,
  price: AmountFacts,
  sells: boolean,
  untilSeconds: bigint,
): Deed => ({
  kind: 'order',
  market,
  gives: [sells ? thing : price],
  gets: [sells ? price : thing],
  untilMs: timeOf(untilSeconds),
  many: 'one',
});

/** Only the root of a tree of orders is signed: nobody can say what is in it. */
const unreadable = (market: 'seaport' | 'blur', { expirationTime }: Message): Deed => ({
  kind: 'order',
  market,
  gives: [],
  gets: [],
  untilMs: timeOf(numberOf(expirationTime)),
  many: 'unreadable',
});
