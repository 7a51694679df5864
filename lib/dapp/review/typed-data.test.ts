import fc from 'fast-check';
import { hashTypedData } from 'viem';
import { describe, expect, it } from 'vitest';
import { review as reviewSchema } from '@/lib/bus/review';
import { checkTypedData } from './check-typed-data';
import { PERMIT2 } from './known-contracts';
import { checkTypedEntries, reviewTypedData, reviewTypedEntries } from './review-typed-data';
import { ACCOUNT, DOLLAR, invented, MIRA, OCCASION, PICTURES, THIEF } from './testing/around';

const ALL = ((1n << 256n) - 1n).toString();
const DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];
const domain = (name: string, verifyingContract: string = DOLLAR) => ({ name, chainId: 1, verifyingContract });
const fields = (text: string) =>
  text.split(', ').map((one) => ({ type: one.split(' ')[0] ?? '', name: one.split(' ')[1] ?? '' }));

const mail = {
  types: {
    EIP712Domain: DOMAIN_TYPE,
    Person: fields('string name, address[] wallets'),
    Mail: fields('Person from, Person[] to, string contents'),
  },
  primaryType: 'Mail',
  domain: domain('Ether Mail'),
  message: { from: { name: 'Cow', wallets: [MIRA] }, to: [{ name: 'Bob', wallets: [] }], contents: 'Hello, Bob!' },
};
const permit = {
  types: {
    EIP712Domain: DOMAIN_TYPE,
    Permit: fields('address owner, address spender, uint256 value, uint256 nonce, uint256 deadline'),
  },
  primaryType: 'Permit',
  domain: domain('USD Coin'),
  message: { owner: ACCOUNT, spender: THIEF, value: ALL, nonce: 0, deadline: '2741990400' },
};
const check = (sent: unknown) => checkTypedData(sent, 1);
const understood = async (sent: unknown) => {
  const made = await reviewTypedData(OCCASION, invented([THIEF]), check(sent), 'v4', []);
  expect(reviewSchema.safeParse(JSON.parse(JSON.stringify(made))).success).toBe(true);
  return made;
};
const kinds = async (sent: unknown) => (await understood(sent)).risks.map(({ kind }) => kind);

describe('typed data', () => {
  it('hashes after the check to what it hashed to before', () => {
    const checked = check(JSON.stringify(mail));
    expect(hashTypedData(checked as never)).toBe(hashTypedData(mail as never));
    expect(hashTypedData(check(permit) as never)).toBe(hashTypedData(permit as never));
  });

  it.each([
    ['a type that is nowhere', { ...mail, types: { ...mail.types, Mail: fields('Nobody from, string contents') } }],
    ['no types of a domain', { ...mail, types: { Person: mail.types.Person, Mail: mail.types.Mail } }],
    ['a message with more than its type', { ...mail, message: { ...mail.message, extra: 'not typed' } }],
    ['a domain with more than its type', { ...mail, domain: { ...mail.domain, salt: `0x${'0'.repeat(64)}` } }],
    ['a primary type that is nowhere', { ...mail, primaryType: 'Non-Existent' }],
    ['no primary type', { ...mail, primaryType: undefined }],
    ['the domain as what is signed', { ...mail, primaryType: 'EIP712Domain' }],
    ['a contract that is a number', { ...mail, domain: { ...mail.domain, verifyingContract: 1 } }],
    [
      'a contract that is a number in digits',
      { ...permit, domain: domain('USD Coin', '917551056842671309452305380979543736893630245704') },
    ],
    ['another chain', { ...mail, domain: { ...mail.domain, chainId: 2 } }],
    ['a member that is missing', { ...mail, message: { from: mail.message.from, to: [] } }],
    ['a member twice', { ...mail, types: { ...mail.types, Mail: fields('string contents, string contents') } }],
    ['a type that hides one of the language', { ...mail, types: { ...mail.types, uint256: fields('string name') } }],
    [
      'a number that does not fit',
      { ...permit, types: { ...permit.types, Permit: fields('uint8 value') }, message: { value: 256 } },
    ],
    [
      'a number with a fraction',
      { ...permit, types: { ...permit.types, Permit: fields('uint8 value') }, message: { value: 1.5 } },
    ],
    [
      'a member that objects do not keep',
      JSON.stringify({
        ...permit,
        types: { ...permit.types, Permit: fields('Inner inner'), Inner: fields('string proto') },
        message: { inner: { proto: 'x' } },
      }).replaceAll('"proto"', '"__proto__"'),
    ],
    ['half a character', { ...mail, message: { ...mail.message, contents: '\ud800' } }],
    ['no JSON', '{'],
    ['something else', 7],
  ])('is refused with %s', (_, sent) => {
    expect(() => check(sent)).toThrow('bad-message');
  });

  it('takes a chain id in hex with noughts for the number that it is', () => {
    expect(check({ ...permit, domain: { ...permit.domain, chainId: '0x0000001' } }).domain.chainId).toBe('1');
  });

  it('shows nothing that is in no hash', () => {
    const { types } = check({ ...mail, types: { ...mail.types, Unused: fields('string lie') } });
    expect(Object.keys(types)).toEqual(['EIP712Domain', 'Mail', 'Person']);
  });

  it('that is deep, endless or huge is refused at once', () => {
    const node = { ...mail, types: { EIP712Domain: DOMAIN_TYPE, Node: fields('Node[] next') }, primaryType: 'Node' };
    let message: unknown = { next: [] };
    for (let depth = 0; depth < 400; depth++) message = { next: [message] };
    expect(() => check({ ...node, message })).toThrow('bad-message');
    const circle: Record<string, unknown> = { ...mail };
    circle.message = circle;
    expect(() => check(circle)).toThrow('bad-message');
    const wide = { ...mail, types: { ...mail.types, Mail: fields('uint8[] n') }, message: { n: Array(6_000).fill(1) } };
    expect(() => check(wide)).toThrow('bad-message');
    expect(() => check({ ...mail, message: { ...mail.message, contents: 'x'.repeat(300_000) } })).toThrow(
      'bad-message',
    );
  });

  it('of any shape is refused or understood, never anything else', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('types', 'domain', 'message', 'primaryType'), (value, place) => {
        try {
          check({ ...mail, [place]: value });
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-message' });
        }
      }),
    );
  });

  it('is a tree with names and amounts beside what is signed', async () => {
    const made = await understood({
      ...mail,
      types: {
        EIP712Domain: DOMAIN_TYPE,
        Order: fields('Part part, address to'),
        Part: fields('address token, uint256 amount'),
      },
      primaryType: 'Order',
      message: { part: { token: DOLLAR, amount: '25500000' }, to: MIRA },
    });
    expect(made).toMatchObject({
      rows: [
        { depth: 0, name: 'part', value: null },
        { depth: 1, name: 'token' },
        { depth: 1, name: 'amount', value: '25500000', amount: { units: '25500000', asset: { symbol: 'USDC' } } },
        { depth: 0, name: 'to', party: { name: 'Mira' } },
      ],
    });
  });

  it('with more lines than fit says how many are left out', async () => {
    const many = { ...mail, types: { ...mail.types, Mail: fields('uint8[] n') }, message: { n: Array(600).fill(1) } };
    expect(await understood(many)).toMatchObject({ moreRows: 201 });
  });

  it('of two contents has two digests, of one content written in two ways one', async () => {
    const one = await understood(permit);
    const padded = await understood({
      ...permit,
      domain: { ...permit.domain, chainId: '0x01' },
      message: { ...permit.message, nonce: '0x0' },
    });
    const other = await understood({ ...permit, message: { ...permit.message, nonce: 1 } });
    expect(padded.digest).toBe(one.digest);
    expect(other.digest).not.toBe(one.digest);
  });
});

describe('a signature that works like a cheque', () => {
  it('is a permit without end', async () => {
    expect(await understood(permit)).toMatchObject({
      deed: { kind: 'permit', how: 'erc2612', amounts: [{ bound: 'unlimited' }], untilMs: 2_741_990_400_000 },
    });
    expect(await kinds(permit)).toEqual(['permit-unlimited', 'spender-is-person']);
  });

  it('is a permit by its shape, whatever it is called', async () => {
    const renamed = {
      ...permit,
      types: { EIP712Domain: DOMAIN_TYPE, Airdrop: permit.types.Permit },
      primaryType: 'Airdrop',
    };
    expect(await kinds(renamed)).toContain('permit-unlimited');
  });

  it('is the permit of DAI, all or nothing', async () => {
    const types = {
      EIP712Domain: DOMAIN_TYPE,
      Permit: fields('address holder, address spender, uint256 nonce, uint256 expiry, bool allowed'),
    };
    const message = { holder: ACCOUNT, spender: THIEF, nonce: 0, expiry: 0, allowed: true };
    expect(await understood({ ...permit, types, message })).toMatchObject({
      deed: { kind: 'permit', how: 'dai', untilMs: null },
    });
    expect(await kinds({ ...permit, types, message: { ...message, allowed: false } })).toEqual([]);
  });

  it('is one or several of Permit2, for its contract only', async () => {
    const details = fields('address token, uint160 amount, uint48 expiration, uint48 nonce');
    const detail = { token: DOLLAR, amount: '500', expiration: 2_741_990_400, nonce: 0 };
    const single = {
      types: {
        EIP712Domain: DOMAIN_TYPE,
        PermitSingle: fields('PermitDetails details, address spender, uint256 sigDeadline'),
        PermitDetails: details,
      },
      primaryType: 'PermitSingle',
      domain: domain('Permit2', PERMIT2),
      message: { details: detail, spender: THIEF, sigDeadline: 1 },
    };
    expect(await kinds(single)).toEqual(['permit', 'spender-is-person']);
    expect(await kinds({ ...single, domain: domain('Permit2', THIEF) })).toContain('foreign-contract');
    const batch = {
      ...single,
      types: { ...single.types, PermitBatch: fields('PermitDetails[] details, address spender, uint256 sigDeadline') },
      primaryType: 'PermitBatch',
      message: { ...single.message, details: [detail, { ...detail, amount: ((1n << 160n) - 1n).toString() }] },
    };
    expect(await understood(batch)).toMatchObject({ deed: { amounts: [{ bound: 'unlimited' }, { units: '500' }] } });
    expect(await kinds(batch)).toContain('permit-unlimited');
  });

  it('is an order of Seaport, for nothing where nothing comes back to the account', async () => {
    const types = {
      EIP712Domain: DOMAIN_TYPE,
      OrderComponents: fields('address offerer, OfferItem[] offer, ConsiderationItem[] consideration, uint256 endTime'),
      OfferItem: fields(
        'uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount',
      ),
      ConsiderationItem: fields(
        'uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount, address recipient',
      ),
    };
    const picture = { itemType: 2, token: PICTURES, identifierOrCriteria: 7204, startAmount: 1, endAmount: 1 };
    const paid = (recipient: string) => ({
      itemType: 0,
      token: `0x${'0'.repeat(40)}`,
      identifierOrCriteria: 0,
      startAmount: '9000000000000000',
      endAmount: '9000000000000000',
      recipient,
    });
    const order = (recipient: string) => ({
      types,
      primaryType: 'OrderComponents',
      domain: domain('Seaport', '0x0000000000000068F116a894984e2DB1123eB395'),
      message: { offerer: ACCOUNT, offer: [picture], consideration: [paid(recipient)], endTime: 2_741_990_400 },
    });
    expect(await kinds(order(ACCOUNT))).toEqual(['order']);
    expect(await kinds(order(THIEF))).toEqual(['order-for-nothing']);
  });

  it('is an order of Blur of which only a root is shown', async () => {
    const types = { EIP712Domain: DOMAIN_TYPE, Root: fields('bytes32 root') };
    const sent = {
      types,
      primaryType: 'Root',
      domain: domain('Blur Exchange', THIEF),
      message: { root: `0x${'ab'.repeat(32)}` },
    };
    expect(await kinds(sent)).toEqual(['order-unreadable']);
  });

  it('is an order of 0x, selling or buying', async () => {
    const types = {
      EIP712Domain: DOMAIN_TYPE,
      ERC721Order: fields(
        'uint8 direction, address maker, uint256 expiry, address erc20Token, uint256 erc20TokenAmount, address erc721Token, uint256 erc721TokenId',
      ),
    };
    const order = (direction: number, erc20Token: string, erc20TokenAmount: string) => ({
      types,
      primaryType: 'ERC721Order',
      domain: domain('ZeroEx', THIEF),
      message: {
        direction,
        maker: ACCOUNT,
        expiry: 2_741_990_400,
        erc20Token,
        erc20TokenAmount,
        erc721Token: PICTURES,
        erc721TokenId: 7204,
      },
    });
    const picture = { units: '1', asset: { standard: 'erc721', tokenId: '7204' } };
    const dollars = { units: '9000', asset: { symbol: 'USDC' } };
    expect(await understood(order(0, DOLLAR, '9000'))).toMatchObject({ deed: { gives: [picture], gets: [dollars] } });
    expect(await understood(order(1, DOLLAR, '9000'))).toMatchObject({ deed: { gives: [dollars], gets: [picture] } });
    expect(await understood(order(0, `0x${'E'.repeat(40)}`, '9000'))).toMatchObject({
      deed: { gets: [{ asset: { standard: 'own' } }] },
    });
    expect(await kinds(order(0, DOLLAR, '0'))).toContain('order-for-nothing');
  });

  it('without a chain is good on every one', async () => {
    const types = { ...permit.types, EIP712Domain: DOMAIN_TYPE.filter(({ name }) => name !== 'chainId') };
    expect(await kinds({ ...permit, types, domain: { name: 'USD Coin', verifyingContract: DOLLAR } })).toContain(
      'wrong-chain',
    );
  });
});

describe('typed data of version 1', () => {
  it('is a list, and says of itself nothing that is known', () => {
    const entries = checkTypedEntries([{ type: 'string', name: 'Message', value: 'Hi, Alice!' }]);
    expect(reviewTypedEntries(OCCASION, entries, [])).toMatchObject({
      version: 'v1',
      rows: [{ value: 'Hi, Alice!' }],
      risks: [{ kind: 'not-understood' }],
    });
  });

  it.each([[[]], ['text'], [[{ type: 'string', name: 'a' }]], [[{ type: 'a', name: 'b', value: {} }]]])(
    'is refused where it is none: %j',
    (sent) => {
      expect(() => checkTypedEntries(sent)).toThrow('bad-message');
    },
  );
});
