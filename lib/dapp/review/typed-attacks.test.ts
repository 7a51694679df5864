/** Signatures that are made to be taken for less than they are: what the window says of them. */
import { describe, expect, it } from 'vitest';
import { review as reviewSchema } from '@/lib/bus/review';
import { checkTypedData } from './check-typed-data';
import { PERMIT2 } from './known-contracts';
import { reviewTypedData } from './review-typed-data';
import { ACCOUNT, DOLLAR, invented, OCCASION, PICTURES, SUPPLY, THIEF, WRAPPED } from './testing/around';

const DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];
const SEAPORT = '0x0000000000000068F116a894984e2DB1123eB395';
const NOBODY = `0x${'0'.repeat(40)}`;
const UNTIL = 2_741_990_400;
const members = (text: string) =>
  text.split(', ').map((one) => ({ type: one.split(' ')[0] ?? '', name: one.split(' ')[1] ?? '' }));

async function signing(
  contract: string,
  types: Readonly<Record<string, string>>,
  message: Readonly<Record<string, unknown>>,
) {
  const [primaryType = ''] = Object.keys(types);
  const structs = Object.entries(types).map(([name, text]) => [name, members(text)]);
  const sent = {
    types: { EIP712Domain: DOMAIN_TYPE, ...Object.fromEntries(structs) },
    primaryType,
    domain: { name: 'Anything', chainId: 1, verifyingContract: contract },
    message,
  };
  const made = await reviewTypedData(OCCASION, invented([THIEF]), checkTypedData(sent, 1), 'v4', []);
  reviewSchema.parse(JSON.parse(JSON.stringify(made)));
  if (made.kind !== 'typed-data') throw new Error('no typed data');
  return { ...made, kinds: made.risks.map(({ kind }) => kind) };
}

describe('an order of Seaport', () => {
  const ORDER = {
    OrderComponents:
      'address offerer, address zone, OfferItem[] offer, ConsiderationItem[] consideration, uint8 orderType, uint256 startTime, uint256 endTime, bytes32 zoneHash, uint256 salt, bytes32 conduitKey, uint256 counter',
    OfferItem: 'uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount',
    ConsiderationItem:
      'uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount, address recipient',
  };
  const item = (
    itemType: number,
    token: string,
    id: number,
    startAmount: string | number,
    endAmount = startAmount,
  ) => ({
    itemType,
    token,
    identifierOrCriteria: id,
    startAmount,
    endAmount,
  });
  const to = (recipient: string, one: object) => ({ ...one, recipient });
  const order = (offer: readonly object[], consideration: readonly object[]) => ({
    offerer: ACCOUNT,
    zone: NOBODY,
    offer,
    consideration,
    orderType: 0,
    startTime: 1,
    endTime: UNTIL,
    zoneHash: `0x${'0'.repeat(64)}`,
    salt: 7,
    conduitKey: `0x${'0'.repeat(64)}`,
    counter: 0,
  });
  const picture = item(2, PICTURES, 7204, 1);
  const eth = (wei: string) => item(0, NOBODY, 0, wei);
  const ONE_ETH = '1000000000000000000';

  it('gives the most and gets the least of what its amounts move between', async () => {
    for (const [start, end] of [
      [1, '1000000000000'],
      ['1000000000000', 1],
    ] as const) {
      const { deed } = await signing(
        SEAPORT,
        ORDER,
        order([item(1, DOLLAR, 0, start, end)], [to(ACCOUNT, item(1, WRAPPED, 0, start, end))]),
      );
      expect(deed).toMatchObject({
        gives: [{ units: '1000000000000', bound: 'at-most' }],
        gets: [{ units: '1', bound: 'at-least' }],
      });
    }
  });

  it('that becomes a gift in the end is one for nothing', async () => {
    const falling = to(ACCOUNT, item(0, NOBODY, 0, ONE_ETH, 0));
    expect((await signing(SEAPORT, ORDER, order([picture], [falling]))).kinds).toContain('order-for-nothing');
    expect((await signing(SEAPORT, ORDER, order([picture], [to(ACCOUNT, eth('2'))]))).kinds).toContain(
      'order-for-nothing',
    );
    expect((await signing(SEAPORT, ORDER, order([picture], [to(ACCOUNT, eth(ONE_ETH))]))).kinds).toEqual(['order']);
  });

  it('that pays others gets nothing by that', async () => {
    const paid = order([picture], [to(THIEF, eth(ONE_ETH)), to(ACCOUNT, eth('5'))]);
    expect((await signing(SEAPORT, ORDER, paid)).deed).toMatchObject({ gets: [{ units: '5' }] });
    expect((await signing(SEAPORT, ORDER, paid)).kinds).toContain('order-for-nothing');
  });

  it('of any of a collection says how many', async () => {
    const { deed } = await signing(
      SEAPORT,
      ORDER,
      order([item(5, PICTURES, 0, 40)], [to(ACCOUNT, item(4, PICTURES, 0, 1))]),
    );
    expect(deed).toMatchObject({
      gives: [{ asset: { standard: 'erc1155', tokenId: null }, units: '40' }],
      gets: [{ asset: { standard: 'erc721', tokenId: null }, units: '1' }],
    });
  });

  it('of things that Seaport does not know cannot be read', async () => {
    expect((await signing(SEAPORT, ORDER, order([item(6, PICTURES, 0, 1)], []))).kinds).toEqual(['order-unreadable']);
  });

  it('that gives more than there is room for is counted', async () => {
    const many = Array.from({ length: 30 }, (_, place) => item(2, PICTURES, place, 1));
    const { deed } = await signing(SEAPORT, ORDER, order(many, [to(ACCOUNT, eth(ONE_ETH))]));
    expect(deed).toMatchObject({ kind: 'order', more: 6 });
  });

  it('among several is judged by itself', async () => {
    const fair = order([picture], [to(ACCOUNT, eth(ONE_ETH))]);
    const gift = order([item(2, PICTURES, 9, 1)], [to(THIEF, eth(ONE_ETH))]);
    const BULK = { BulkOrder: 'OrderComponents[2][2] tree', ...ORDER };
    const made = await signing(SEAPORT, BULK, {
      tree: [
        [fair, fair],
        [fair, gift],
      ],
    });
    expect(made.deed).toMatchObject({ many: 'several', gives: { length: 4 } });
    expect(made.kinds).toEqual(['order-for-nothing', 'order']);
    const LONG = { BulkOrder: 'OrderComponents[] tree', ...ORDER };
    const long = await signing(SEAPORT, LONG, { tree: [...Array(40).fill(fair), gift] });
    expect(long.deed).toMatchObject({ more: 17 + 16, many: 'several' });
    expect(long.kinds).toContain('order-for-nothing');
  });
});

describe('an order of 0x', () => {
  const ORDER = {
    ERC721Order:
      'uint8 direction, address maker, address taker, uint256 expiry, uint256 nonce, address erc20Token, uint256 erc20TokenAmount, Fee[] fees, address erc721Token, uint256 erc721TokenId, Property[] erc721TokenProperties',
    Fee: 'address recipient, uint256 amount, bytes feeData',
    Property: 'address propertyValidator, bytes propertyData',
  };
  const order = (direction: number, properties: readonly object[] = []) => ({
    direction,
    maker: ACCOUNT,
    taker: NOBODY,
    expiry: UNTIL,
    nonce: 1,
    erc20Token: DOLLAR,
    erc20TokenAmount: '9000000',
    fees: [
      { recipient: THIEF, amount: '800000000', feeData: '0x' },
      { recipient: THIEF, amount: '1', feeData: '0x' },
    ],
    erc721Token: PICTURES,
    erc721TokenId: 7204,
    erc721TokenProperties: properties,
  });

  it('costs a buyer the fees, too, and a seller nothing', async () => {
    expect((await signing(THIEF, ORDER, order(1))).deed).toMatchObject({ gives: [{ units: '809000001' }] });
    expect((await signing(THIEF, ORDER, order(0))).deed).toMatchObject({ gets: [{ units: '9000000' }] });
  });

  it('for any with a property names no number', async () => {
    const any = [{ propertyValidator: NOBODY, propertyData: '0x' }];
    expect((await signing(THIEF, ORDER, order(1, any))).deed).toMatchObject({ gets: [{ asset: { tokenId: null } }] });
    expect((await signing(THIEF, ORDER, order(0, any))).deed).toMatchObject({
      gives: [{ asset: { tokenId: '7204' } }],
    });
  });
});

describe('an order of Blur', () => {
  const ORDER = {
    Order:
      'address trader, uint8 side, address matchingPolicy, address collection, uint256 tokenId, uint256 amount, address paymentToken, uint256 price, uint256 listingTime, uint256 expirationTime, Fee[] fees, uint256 salt, bytes extraParams, uint256 nonce',
    Fee: 'uint16 rate, address recipient',
  };
  const order = (side: number, rate: number, amount = 1) => ({
    trader: ACCOUNT,
    side,
    matchingPolicy: THIEF,
    collection: PICTURES,
    tokenId: 7204,
    amount,
    paymentToken: NOBODY,
    price: '1000000000000000000',
    listingTime: 1,
    expirationTime: UNTIL,
    fees: [{ rate, recipient: THIEF }],
    salt: 1,
    extraParams: '0x',
    nonce: 0,
  });

  it('leaves a seller what the fees leave', async () => {
    expect((await signing(THIEF, ORDER, order(1, 9_000))).deed).toMatchObject({
      gets: [{ units: '100000000000000000' }],
    });
    expect((await signing(THIEF, ORDER, order(1, 10_000))).kinds).toContain('order-for-nothing');
    expect((await signing(THIEF, ORDER, order(0, 9_000))).deed).toMatchObject({
      gives: [{ units: '1000000000000000000' }],
    });
  });

  it('says how many', async () => {
    expect((await signing(THIEF, ORDER, order(1, 0, 40))).deed).toMatchObject({ gives: [{ units: '40' }] });
  });
});

describe('a permit', () => {
  const PERMIT = { Permit: 'address owner, address spender, uint256 value, uint256 nonce, uint256 deadline' };
  const permit = (value: string) => ({ owner: ACCOUNT, spender: THIEF, value, nonce: 0, deadline: UNTIL });
  const BATCH = {
    PermitBatch: 'PermitDetails[] details, address spender, uint256 sigDeadline',
    PermitDetails: 'address token, uint160 amount, uint48 expiration, uint48 nonce',
  };
  const detail = (amount: string, expiration = UNTIL) => ({ token: DOLLAR, amount, expiration, nonce: 0 });

  it('for more than there is at all is one without a limit', async () => {
    expect((await signing(DOLLAR, PERMIT, permit(`${SUPPLY}`))).kinds).toContain('permit-unlimited');
    expect((await signing(DOLLAR, PERMIT, permit(`${SUPPLY - 1n}`))).kinds).toContain('permit');
  });

  it('of many is judged by the worst, which stands first, and the others are counted', async () => {
    const details = [...Array.from({ length: 30 }, () => detail('1')), detail(((1n << 160n) - 1n).toString())];
    const made = await signing(PERMIT2, BATCH, { details, spender: THIEF, sigDeadline: UNTIL });
    expect(made.deed).toMatchObject({ kind: 'permit', more: 7, amounts: { 0: { bound: 'unlimited' }, length: 24 } });
    expect(made.kinds).toContain('permit-unlimited');
    const TRANSFER = {
      PermitBatchTransferFrom: 'TokenPermissions[] permitted, address spender, uint256 nonce, uint256 deadline',
      TokenPermissions: 'address token, uint256 amount',
    };
    const permitted = details.map(({ token, amount }) => ({ token, amount }));
    const once = await signing(PERMIT2, TRANSFER, { permitted, spender: THIEF, nonce: 0, deadline: UNTIL });
    expect(once.deed).toMatchObject({ more: 7, how: 'permit2-transfer' });
    expect(once.kinds).toContain('permit-unlimited');
  });

  it('of Permit2 that ends with its block can be handed in as long as its signature is good', async () => {
    const made = await signing(PERMIT2, BATCH, { details: [detail('5', 0)], spender: THIEF, sigDeadline: UNTIL });
    expect(made.deed).toMatchObject({ untilMs: UNTIL * 1_000 });
    expect(made.kinds).not.toContain('expired');
    const never = detail('5', 2 ** 48 - 1);
    const lasting = await signing(PERMIT2, BATCH, { details: [never], spender: THIEF, sigDeadline: UNTIL });
    expect(lasting.deed).toMatchObject({ untilMs: null });
  });

  it('of DAI ends a right only where it says so', async () => {
    const types = (allowed: string) => ({
      Permit: `address holder, address spender, uint256 nonce, uint256 expiry, ${allowed} allowed`,
    });
    const message = { holder: ACCOUNT, spender: THIEF, nonce: 0, expiry: 0 };
    expect((await signing(DOLLAR, types('bool'), { ...message, allowed: false })).kinds).toEqual([]);
    expect((await signing(DOLLAR, types('bool'), { ...message, allowed: true })).kinds).toContain('permit-unlimited');
    expect((await signing(DOLLAR, types('uint8'), { ...message, allowed: 1 })).kinds).toContain('permit-unlimited');
  });

  it('with a witness is one all the same', async () => {
    const WITNESS = {
      PermitWitnessTransferFrom:
        'TokenPermissions permitted, address spender, uint256 nonce, uint256 deadline, Order witness',
      TokenPermissions: 'address token, uint256 amount',
      Order: 'address reactor, uint256 least',
    };
    const message = {
      permitted: { token: DOLLAR, amount: '500' },
      spender: THIEF,
      nonce: 0,
      deadline: UNTIL,
      witness: { reactor: THIEF, least: 1 },
    };
    expect(await signing(PERMIT2, WITNESS, message)).toMatchObject({
      deed: { kind: 'permit', amounts: [{ units: '500' }], how: 'permit2-transfer' },
    });
  });

  it('that is the payment itself (EIP-3009) is a cheque like the others', async () => {
    for (const name of ['TransferWithAuthorization', 'ReceiveWithAuthorization']) {
      const types = {
        [name]: 'address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce',
      };
      const message = { from: ACCOUNT, to: THIEF, value: '840000000', validAfter: 0, validBefore: UNTIL };
      const made = await signing(DOLLAR, types, { ...message, nonce: `0x${'0'.repeat(64)}` });
      expect(made.deed).toMatchObject({ kind: 'permit', how: 'erc3009', amounts: [{ units: '840000000' }] });
      expect(made.kinds).toEqual(['permit', 'spender-is-person']);
    }
  });
});
