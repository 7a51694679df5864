/** Signatures that give something away: permits and orders, by the shape of their types and not by what they are called. */
import type { AmountFacts, Deed } from '@/lib/bus/review';
import { MOST_AMOUNTS } from '@/lib/bus/review-facts';
import type { TypedData } from './check-typed-data';
import { amountOf, timeOf, worstFirst } from './facts';
import { PERMIT2 } from './known-contracts';
import type { Address, Surroundings } from './types';

type Message = Readonly<Record<string, unknown>>;
type Order = Extract<Deed, { kind: 'order' }>;

/**
 * Null for what is none of these. In full, however long: what speaks against it is looked for in all of it.
 * @returns one, or each of several orders that are signed at once
 */
export async function knownTypedData(
  data: TypedData,
  account: Address,
  around: Surroundings,
): Promise<readonly Deed[] | null> {
  const deed = await knownDeed(data, account, around);
  if (deed !== null) return [deed];
  return hasMembers(data, 'tree') ? seaportTree(data.message, account, around) : null;
}

/** As much of it as a screen has room for, and how much more there is. */
export function shownDeed(deeds: readonly Deed[]): Deed | null {
  const [first] = deeds;
  if (first?.kind === 'permit') {
    const { amounts } = first;
    return { ...first, amounts: worstFirst(amounts).slice(0, MOST_AMOUNTS), more: beyond(amounts) };
  }
  if (first?.kind !== 'order') return first ?? null;
  const orders = deeds.filter((deed): deed is Order => deed.kind === 'order');
  const gives = orders.flatMap((order) => order.gives);
  const gets = orders.flatMap((order) => order.gets);
  const ends = orders.map(({ untilMs }) => untilMs);
  return {
    ...first,
    gives: worstFirst(gives).slice(0, MOST_AMOUNTS),
    gets: gets.slice(0, MOST_AMOUNTS),
    more: beyond(gives) + beyond(gets),
    untilMs: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
    many: orders.length > 1 ? 'several' : first.many,
  };
}

const beyond = ({ length }: readonly unknown[]): number => Math.max(0, length - MOST_AMOUNTS);

const hasMembers = ({ primaryType, types }: TypedData, ...names: readonly string[]): boolean =>
  names.every((name) => types[primaryType]?.some((one) => one.name === name));

async function knownDeed(data: TypedData, account: Address, around: Surroundings): Promise<Deed | null> {
  const { message, domain } = data;
  const contract = addressOf(domain.verifyingContract);
  const has = (...names: string[]) => hasMembers(data, ...names);
  if (has('details', 'spender', 'sigDeadline')) return permit2(message, around);
  if (has('permitted', 'spender', 'deadline')) return permit2Transfer(message, around);
  if (contract !== null && has('holder', 'spender', 'expiry', 'allowed')) return daiPermit(message, contract, around);
  if (contract !== null && has('spender', 'value', 'deadline')) return permit(message, contract, around);
  if (contract !== null && has('spender', 'tokenId', 'deadline')) return nftPermit(message, contract, around);
  if (contract !== null && has('from', 'to', 'value', 'validAfter', 'validBefore'))
    return authorization(message, contract, around);
  if (has('offerer', 'offer', 'consideration')) return seaport(message, account, around);
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
    more: 0,
    spender: await partyOf(spender, around),
    untilMs: timeOf(numberOf(deadline)),
    how: 'erc2612',
  };
}

/** EIP-3009, as USDC has it: no right, but the payment itself, for whoever hands it in. */
async function authorization({ to, value, validBefore }: Message, token: Address, around: Surroundings): Promise<Deed> {
  return {
    kind: 'permit',
    amounts: [amountOf(await around.asset(token, 'erc20'), numberOf(value), 'at-most')],
    more: 0,
    spender: await partyOf(to, around),
    untilMs: timeOf(numberOf(validBefore)),
    how: 'erc3009',
  };
}

/** DAI gives all or nothing; an expiry of nought is never. */
async function daiPermit({ spender, expiry, allowed }: Message, token: Address, around: Surroundings): Promise<Deed> {
  const asset = await around.asset(token, 'erc20');
  const who = await partyOf(spender, around);
  if (allowed === false) return { kind: 'allow-ended', asset, spender: who };
  const end = numberOf(expiry);
  const amount: AmountFacts = { asset, units: ((1n << 256n) - 1n).toString(), bound: 'unlimited' };
  const untilMs = end === 0n ? null : timeOf(end);
  return { kind: 'permit', amounts: [amount], more: 0, spender: who, untilMs, how: 'dai' };
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
    more: 0,
    spender: await partyOf(spender, around),
    untilMs: timeOf(numberOf(deadline)),
    how: 'erc721',
  };
}

/** PermitSingle and PermitBatch: the right itself ends with the last `expiration`, or with its block if that is nought. */
async function permit2({ details, spender, sigDeadline }: Message, around: Surroundings): Promise<Deed | null> {
  const list = listOf(details);
  if (list.length === 0) return null;
  const amounts = await Promise.all(list.map((one) => tokenAmount(one.token, one.amount, around)));
  const ends = list.map((one) => numberOf(one.expiration) || numberOf(sigDeadline));
  return {
    kind: 'permit',
    amounts,
    more: 0,
    spender: await partyOf(spender, around),
    untilMs: timeOf(ends.reduce(later, 0n)),
    how: 'permit2',
  };
}

/** PermitTransferFrom, PermitBatchTransferFrom and those with a witness: whoever has it takes it at once. */
async function permit2Transfer({ permitted, spender, deadline }: Message, around: Surroundings): Promise<Deed | null> {
  const list = listOf(permitted);
  if (list.length === 0) return null;
  const amounts = await Promise.all(list.map((one) => tokenAmount(one.token, one.amount, around)));
  return {
    kind: 'permit',
    amounts,
    more: 0,
    spender: await partyOf(spender, around),
    untilMs: timeOf(numberOf(deadline)),
    how: 'permit2-transfer',
  };
}

const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);

async function tokenAmount(token: unknown, units: unknown, around: Surroundings): Promise<AmountFacts> {
  return amountOf(await around.asset(addressOf(token) ?? NOBODY, 'erc20'), numberOf(units), 'at-most');
}

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/**
 * Item types of Seaport: 0 own unit, 1 ERC-20, 2 ERC-721, 3 ERC-1155, 4 and 5 any of a collection, or any of a list that
 * is signed as a root only. The amount goes from the first to the last one in a straight line (AmountDeriver): what is
 * given can be the greater of them, and what comes back the smaller.
 */
async function item(one: Message, side: 'gives' | 'gets', around: Surroundings): Promise<AmountFacts> {
  const kind = numberOf(one.itemType);
  const [start, end] = [numberOf(one.startAmount), numberOf(one.endAmount)];
  const units = side === 'gives' ? later(start, end) : smaller(start, end);
  const bound = start === end ? 'exact' : side === 'gives' ? 'at-most' : 'at-least';
  const token = addressOf(one.token) ?? NOBODY;
  const id = kind >= 4n ? undefined : numberOf(one.identifierOrCriteria).toString();
  if (kind === 0n) return amountOf(await around.asset(null), units, bound);
  if (kind === 1n) return amountOf(await around.asset(token, 'erc20'), units, bound);
  const standard = kind === 2n || kind === 4n ? 'erc721' : 'erc1155';
  return amountOf(await around.asset(token, standard, id), units, bound);
}

async function seaport(message: Message, account: Address, around: Surroundings): Promise<Order> {
  const offer = listOf(message.offer);
  const back = listOf(message.consideration).filter((one) => addressOf(one.recipient) === account.toLowerCase());
  if ([...offer, ...back].some((one) => numberOf(one.itemType) > 5n)) return unreadable('seaport', message);
  const gives = await Promise.all(offer.map((one) => item(one, 'gives', around)));
  const gets = await Promise.all(back.map((one) => item(one, 'gets', around)));
  const untilMs = timeOf(numberOf(message.endTime));
  return { kind: 'order', market: 'seaport', gives, gets, more: 0, untilMs, many: 'one' };
}

/** A bulk order is a tree of pairs; empty places are orders of nobody. */
async function seaportTree(message: Message, account: Address, around: Surroundings): Promise<readonly Order[]> {
  const orders = ordersIn(message.tree).filter((one) => addressOf(one.offerer) !== NOBODY);
  if (orders.length === 0) return [unreadable('seaport', message)];
  return Promise.all(orders.map((one) => seaport(one, account, around)));
}

function ordersIn(tree: unknown): readonly Message[] {
  if (Array.isArray(tree)) return tree.flatMap(ordersIn);
  return listOf(tree);
}

/** The whole, in hundredths of a percent. */
const WHOLE_BIPS = 10_000n;

/** Side 1 sells: fees are parts of the price, in hundredths of a percent, that the seller does not get. */
async function blur(message: Message, around: Surroundings): Promise<Order> {
  const sells = numberOf(message.side) === 1n;
  const units = later(numberOf(message.amount), 1n);
  const standard = units > 1n ? 'erc1155' : 'erc721';
  const id = numberOf(message.tokenId).toString();
  const thing = amountOf(await around.asset(addressOf(message.collection) ?? NOBODY, standard, id), units);
  const paid = addressOf(message.paymentToken);
  const price = numberOf(message.price);
  const fees = listOf(message.fees).reduce((sum, fee) => sum + (price * numberOf(fee.rate)) / WHOLE_BIPS, 0n);
  const left = sells ? later(price - fees, 0n) : price;
  const money = amountOf(await around.asset(paid === NOBODY ? null : paid), left);
  return sale('blur', thing, money, sells, numberOf(message.expirationTime));
}

/** What orders of 0x write where the chain's own unit is meant. */
const ZERO_EX_OWN_UNIT: Address = `0x${'e'.repeat(40)}`;

/**
 * ERC721Order and ERC1155Order of 0x: direction 0 sells. Fees are paid by whoever buys, besides the price; with
 * properties, a buyer takes any of the collection that has them (NFTOrders).
 */
async function zeroEx(message: Message, around: Surroundings): Promise<Order> {
  const [standard, token, tokenId, units, properties] =
    message.erc721Token === undefined
      ? ([
          'erc1155',
          message.erc1155Token,
          message.erc1155TokenId,
          numberOf(message.erc1155TokenAmount),
          message.erc1155TokenProperties,
        ] as const)
      : (['erc721', message.erc721Token, message.erc721TokenId, 1n, message.erc721TokenProperties] as const);
  const sells = numberOf(message.direction) === 0n;
  const isAny = !sells && listOf(properties).length > 0;
  const id = isAny ? undefined : numberOf(tokenId).toString();
  const thing = amountOf(await around.asset(addressOf(token) ?? NOBODY, standard, id), units);
  const fees = listOf(message.fees).reduce((sum, fee) => sum + numberOf(fee.amount), 0n);
  const paid = addressOf(message.erc20Token);
  const price = numberOf(message.erc20TokenAmount) + (sells ? 0n : fees);
  const money = amountOf(await around.asset(paid === ZERO_EX_OWN_UNIT ? null : paid), price);
  return sale('other', thing, money, sells, numberOf(message.expiry));
}

/** One thing for a price. */
const sale = (
  market: 'blur' | 'other',
  thing: AmountFacts,
  price: AmountFacts,
  sells: boolean,
  untilSeconds: bigint,
): Order => ({
  kind: 'order',
  market,
  gives: [sells ? thing : price],
  gets: [sells ? price : thing],
  more: 0,
  untilMs: timeOf(untilSeconds),
  many: 'one',
});

/** Only the root of a tree of orders is signed: nobody can say what is in it. */
const unreadable = (market: 'seaport' | 'blur', { expirationTime }: Message): Order => ({
  kind: 'order',
  market,
  gives: [],
  gets: [],
  more: 0,
  untilMs: timeOf(numberOf(expirationTime)),
  many: 'unreadable',
});
