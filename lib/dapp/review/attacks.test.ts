/** Calls and signatures that are made to be taken for less than they are: what the window says of them. */
import { encodeFunctionData, type Hex, pad, parseAbi, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { TOKEN_ABI } from './abis';
import { PERMIT2 } from './known-contracts';
import type { TransactionFacts } from './review-transaction';
import { ACCOUNT, DOLLAR, HELD, IMITATION, invented, MIRA, PICTURES, SUPPLY, THIEF } from './testing/around';
import { call, log, node, silent, understood } from './testing/reviewing';
import {
  command,
  execute,
  ITSELF,
  multicall,
  NATIVE,
  ONE_INCH_V5,
  ONE_INCH_V6,
  oneInch,
  refundEth,
  SENDER,
  sweepToken,
  UNIVERSAL,
  unwrapWeth,
  V2,
  V3,
  V3_02,
  v3Call,
  WETH,
} from './testing/router-calls';
import type { Address } from './types';

const ALL = (1n << 256n) - 1n;
const ONE = 1_000_000n;
const LEAST = 300_000_000_000_000n;

const trade = command.v3ExactIn(SENDER, ONE, LEAST, [DOLLAR, WETH], true);
const token = (functionName: 'transfer' | 'approve' | 'setApprovalForAll', args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: TOKEN_ABI, functionName, args } as never);
const moved = (asset: string, from: string, to: string, units: bigint) =>
  log(asset, 'Transfer(address,address,uint256)', [from, to], pad(toHex(units)));
const onlyACall = async (to: Address, data: Hex, valueWei = 0n) => {
  const made = await understood([call({ to, data, valueWei })], silent);
  expect(made.deeds).toHaveLength(1);
  expect(made.deeds[0]?.kind).toBe('call');
  expect(made.kinds).toEqual(expect.arrayContaining(['not-understood', 'unknown-effects']));
  expect(made.raw).toContainEqual({ label: 'data', text: data, cut: 0 });
  return made;
};

describe('a swap of the universal router', () => {
  it('is one where it is nothing else', async () => {
    const made = await understood([call({ to: UNIVERSAL, data: execute(trade) })], silent);
    expect(made).toMatchObject({
      deeds: [
        { kind: 'swap', give: { units: `${ONE}`, bound: 'exact' }, get: { units: `${LEAST}`, bound: 'at-least' } },
      ],
      kinds: [],
    });
  });

  it.each([
    ['all of the token, taken besides', command.transferFrom(DOLLAR, THIEF, HELD)],
    ['another token, taken besides', command.transferFrom(IMITATION, THIEF, 5n)],
    ['a payment to somebody', command.transfer(WETH, THIEF, LEAST)],
    ['a right of somebody, handed in', command.permit(DOLLAR, THIEF, 1n << 159n)],
    ['a second token, sold for it', command.v3ExactIn(SENDER, 7n, 7n, [IMITATION, WETH], true)],
    ['a command that nobody knows', [0x10, '0x'] as const],
    ['one that may fail', [0x84, trade[1]] as const],
    ['bytes behind its input', [0x00, `${trade[1]}00`] as const],
  ] as const)('is none with %s', async (_, besides) => {
    await onlyACall(UNIVERSAL, execute(trade, besides));
    await onlyACall(UNIVERSAL, execute(besides, trade));
  });

  it('is none where a part above a fee goes to somebody', async () => {
    const out = command.v3ExactIn(ITSELF, ONE, LEAST, [DOLLAR, WETH], true);
    const rest = command.unwrap(SENDER, LEAST / 2n);
    await onlyACall(UNIVERSAL, execute(out, command.portion(WETH, THIEF, 5_000n), rest));
    await onlyACall(UNIVERSAL, execute(out, ...Array(9).fill(command.portion(WETH, THIEF, 50n)), rest));
    const made = await understood(
      [call({ to: UNIVERSAL, data: execute(out, command.portion(WETH, THIEF, 25n), rest) })],
      silent,
    );
    expect(made.deeds).toMatchObject([{ kind: 'swap', get: { asset: { standard: 'own' } }, to: { known: 'own' } }]);
  });

  it('that stays in the router is none, and one that is swept to somebody is theirs', async () => {
    const out = command.v3ExactIn(ITSELF, ONE, LEAST, [DOLLAR, WETH], true);
    await onlyACall(UNIVERSAL, execute(out));
    await onlyACall(UNIVERSAL, execute(out, command.sweep(WETH, SENDER, 1n), command.sweep(WETH, THIEF, 0n)));
    for (const end of [command.sweep(WETH, THIEF, 0n), command.unwrap(THIEF, 0n)]) {
      const made = await understood([call({ to: UNIVERSAL, data: execute(out, end) })], silent);
      expect(made.deeds).toMatchObject([{ kind: 'swap', to: { address: THIEF } }]);
      expect(made.kinds).toContain('for-another');
    }
  });

  it('does not turn into one of ETH by a wei that is sent along', async () => {
    await onlyACall(UNIVERSAL, execute(trade), 1n);
    await onlyACall(UNIVERSAL, execute(command.wrap(ITSELF, 1n), trade), 1n);
  });

  it('in which nothing has to come back is none', async () => {
    await onlyACall(UNIVERSAL, execute(command.v3ExactIn(SENDER, ONE, 0n, [DOLLAR, WETH], true)));
  });

  it('of all that lies in the router or in a pool is none', async () => {
    await onlyACall(UNIVERSAL, execute(command.v3ExactIn(SENDER, 1n << 255n, LEAST, [DOLLAR, WETH], true)));
    await onlyACall(UNIVERSAL, execute(command.v2ExactIn(SENDER, 0n, LEAST, [DOLLAR, WETH], true)));
  });

  it('whose least amount the router does not read in full is none', async () => {
    const out = command.v3ExactIn(ITSELF, ONE, 0n, [DOLLAR, WETH], true);
    await onlyACall(UNIVERSAL, execute(out, command.sweep(WETH, SENDER, 1n << 160n)));
  });

  it('in ETH gives all that is sent along, and at most that where the rest comes back', async () => {
    const [wrap, back] = [command.wrap(ITSELF, ONE), command.unwrap(SENDER, 0n)];
    const exact = command.v3ExactOut(SENDER, 500n, ONE, [DOLLAR, WETH], false);
    const made = await understood([call({ to: UNIVERSAL, data: execute(wrap, exact, back), valueWei: ONE })], silent);
    expect(made.deeds).toMatchObject([
      {
        kind: 'swap',
        give: { asset: { standard: 'own' }, units: `${ONE}`, bound: 'at-most' },
        get: { asset: { symbol: 'USDC' }, units: '500', bound: 'exact' },
      },
    ]);
  });
});

describe.each(['exactInputSingle', 'exactInput', 'exactOutputSingle', 'exactOutput'] as const)('%s', (name) => {
  const isInput = name.startsWith('exactInput');
  const versions = [
    ['v3', V3, NATIVE],
    ['v3-02', V3_02, ITSELF],
  ] as const;

  it.each(versions)('of %s is a swap of a token', async (version, to) => {
    const data = v3Call(version, name, { tokens: [DOLLAR, WETH], to: ACCOUNT, goes: ONE, comes: LEAST });
    expect((await understood([call({ to, data })], silent)).deeds).toMatchObject([
      {
        kind: 'swap',
        give: { asset: { symbol: 'USDC' }, units: `${ONE}`, bound: isInput ? 'exact' : 'at-most' },
        get: { units: `${LEAST}`, bound: isInput ? 'at-least' : 'exact' },
        to: { known: 'own' },
      },
    ]);
  });

  it.each(versions)('of %s with a wei along takes the token all the same', async (version, to) => {
    const data = v3Call(version, name, { tokens: [DOLLAR, WETH], to: ACCOUNT, goes: ONE, comes: LEAST });
    await onlyACall(to, data, 1n);
    const own = v3Call(version, name, { tokens: [WETH, DOLLAR], to: ACCOUNT, goes: ONE, comes: LEAST });
    await onlyACall(to, own, ONE - 1n);
    expect((await understood([call({ to, data: own, valueWei: ONE })], silent)).deeds).toMatchObject([
      { kind: 'swap', give: { asset: { standard: 'own' }, units: `${ONE}` }, get: { units: `${LEAST}` } },
    ]);
  });

  it.each(versions)('of %s that stays in the router is none', async (version, to, itself) => {
    await onlyACall(to, v3Call(version, name, { tokens: [DOLLAR, WETH], to: itself, goes: ONE, comes: LEAST }));
  });

  it('knows the small numbers of its own router only', async () => {
    const data = (version: 'v3' | 'v3-02', to: Address) =>
      v3Call(version, name, { tokens: [DOLLAR, WETH], to, goes: ONE, comes: LEAST });
    const said = async (to: Address, bytes: Hex) => (await understood([call({ to, data: bytes })], silent)).kinds;
    expect(await said(V3_02, data('v3-02', SENDER))).toEqual([]);
    expect(await said(V3_02, data('v3-02', NATIVE))).toContain('for-another');
    expect(await said(V3, data('v3', SENDER))).toContain('for-another');
    expect(await said(V3, data('v3', ITSELF))).toContain('for-another');
    await onlyACall(V3, data('v3-02', ACCOUNT));
    await onlyACall(V2, data('v3', ACCOUNT));
  });
});

it('a swap that ends at a price before all of it is swapped is none', async () => {
  for (const name of ['exactInputSingle', 'exactOutputSingle'] as const) {
    const asked = { tokens: [DOLLAR, WETH], to: ACCOUNT, goes: ONE, comes: LEAST, priceLimit: 7n } as const;
    await onlyACall(V3, v3Call('v3', name, asked));
  }
});

describe('a swap of 1inch', () => {
  const asked = { tokens: [DOLLAR, WETH], to: ACCOUNT, goes: ONE, comes: LEAST } as const;
  const NATIVE_TOKEN: Address = `0x${'e'.repeat(40)}`;
  const versions = [
    [5, ONE_INCH_V5],
    [6, ONE_INCH_V6],
  ] as const;

  it.each(versions)('of version %i is one, to the caller where nobody is named', async (version, to) => {
    for (const receiver of [ACCOUNT, NATIVE]) {
      const made = await understood([call({ to, data: oneInch(version, { ...asked, to: receiver }) })], silent);
      expect(made).toMatchObject({
        deeds: [{ kind: 'swap', give: { units: `${ONE}` }, to: { known: 'own' } }],
        kinds: [],
      });
    }
    const theirs = await understood([call({ to, data: oneInch(version, { ...asked, to: THIEF }) })], silent);
    expect(theirs.kinds).toContain('for-another');
  });

  it.each(versions)('of version %i says nothing where ETH goes along, or less may come', async (version, to) => {
    await onlyACall(to, oneInch(version, asked), 1n);
    await onlyACall(to, oneInch(version, { ...asked, flags: 2n }), 10n ** 19n);
    await onlyACall(to, oneInch(version, { ...asked, flags: 1n }));
    const own = oneInch(version, { ...asked, tokens: [NATIVE_TOKEN, DOLLAR] });
    await onlyACall(to, own);
    await onlyACall(to, own, ONE + 1n);
    expect((await understood([call({ to, data: own, valueWei: ONE })], silent)).deeds[0]?.kind).toBe('swap');
  });

  it('that hands in a permit on the way is none', async () => {
    await onlyACall(ONE_INCH_V5, oneInch(5, { ...asked, permit: `0x${'00'.repeat(224)}` }));
  });
});

describe('a swap of v2', () => {
  const abi = parseAbi([
    'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)',
    'function swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable',
  ]);
  const tokens = (path: readonly Address[]) =>
    encodeFunctionData({ abi, functionName: 'swapExactTokensForTokens', args: [ONE, LEAST, path, ACCOUNT, 9n] });
  const eth = (path: readonly Address[]) =>
    encodeFunctionData({ abi, functionName: 'swapExactETHForTokens', args: [LEAST, path, ACCOUNT, 9n] });

  it('takes ETH where its path begins with the wrapper, and nowhere else', async () => {
    await onlyACall(V2, eth([DOLLAR, WETH]), 5n);
    await onlyACall(V2, tokens([DOLLAR, WETH]), 5n);
    await onlyACall(V2, tokens([DOLLAR]));
    expect((await understood([call({ to: V2, data: eth([WETH, DOLLAR]), valueWei: 5n })], silent)).deeds[0]?.kind).toBe(
      'swap',
    );
  });
});

describe('calls within a call', () => {
  it('of a router are one swap with what comes behind it, or only a call', async () => {
    const out = v3Call('v3-02', 'exactInputSingle', { tokens: [DOLLAR, WETH], to: ITSELF, goes: ONE, comes: LEAST });
    await onlyACall(V3_02, multicall(out));
    await onlyACall(V3_02, multicall(out, token('transfer', [THIEF, ONE])));
    await onlyACall(V3_02, multicall(multicall(out)));
  });

  it('of a router that end with ETH, or with what is left of it, are one swap', async () => {
    const asked = { tokens: [DOLLAR, WETH], to: ITSELF, goes: ONE, comes: LEAST } as const;
    const out = v3Call('v3-02', 'exactInputSingle', asked);
    const said = async (data: Hex, valueWei = 0n) =>
      (await understood([call({ to: V3_02, data, valueWei })], silent)).deeds;
    expect(await said(multicall(out, unwrapWeth(LEAST, ACCOUNT)))).toMatchObject([
      { kind: 'swap', give: { units: `${ONE}` }, get: { asset: { standard: 'own' }, units: `${LEAST}` } },
    ]);
    for (const end of [unwrapWeth(0n, THIEF), sweepToken(WETH, 0n, THIEF)])
      expect(await said(multicall(out, end))).toMatchObject([{ kind: 'swap', to: { address: THIEF } }]);
    const rest = { tokens: [WETH, DOLLAR], to: ACCOUNT, goes: ONE, comes: 500n } as const;
    expect(await said(multicall(v3Call('v3-02', 'exactOutputSingle', rest), refundEth()), ONE)).toMatchObject([
      { kind: 'swap', give: { asset: { standard: 'own' }, bound: 'at-most' }, get: { units: '500', bound: 'exact' } },
    ]);
    await onlyACall(V3_02, multicall(out, out, unwrapWeth(LEAST, ACCOUNT), sweepToken(DOLLAR, 0n, THIEF)));
  });

  it('that are not all understood are only a call, with what can be lost by them', async () => {
    const made = await onlyACall(PICTURES, multicall(token('setApprovalForAll', [THIEF, true]), '0x12345678'));
    expect(made.kinds).toContain('allow-collection');
    expect((await onlyACall(PICTURES, multicall(token('setApprovalForAll', [THIEF, true]), '0x'))).kinds).toContain(
      'allow-collection',
    );
  });

  it('are judged however many come before the worst', async () => {
    const harmless = token('transfer', [MIRA, 1n]);
    const data = multicall(...Array(30).fill(harmless), token('approve', [THIEF, ALL]));
    const made = await understood([call({ to: DOLLAR, data })], node([]));
    expect(made).toMatchObject({ moreDeeds: 11 });
    expect(made.kinds).toContain('allow-unlimited');
  });

  it('speak of what is sent along once, or not at all', async () => {
    const deposit = encodeFunctionData({ abi: TOKEN_ABI, functionName: 'deposit' });
    await onlyACall(WETH, multicall(deposit, deposit), 5n);
  });
});

describe('a right', () => {
  const approve = (units: bigint, spender: Address = V3_02) =>
    understood([call({ to: DOLLAR, data: token('approve', [spender, units]) })], node([]));

  it('to more than there is at all is one without a limit', async () => {
    for (const units of [1n << 111n, SUPPLY]) expect((await approve(units)).kinds).toEqual(['allow-unlimited']);
  });

  it('to far more than is held says so', async () => {
    expect((await approve(SUPPLY - 1n)).risks).toMatchObject([{ kind: 'allow-beyond', heldUnits: `${HELD}` }]);
    expect((await approve(10n * HELD + 1n)).kinds).toEqual(['allow-beyond']);
    expect((await approve(10n * HELD)).kinds).toEqual([]);
  });

  it('with bytes behind it, or dirty ones in it, is only a call, and as dangerous', async () => {
    const data = token('approve', [THIEF, ALL]);
    for (const bytes of [`${data}00`, `${data.slice(0, 10)}01${data.slice(12)}`] as const) {
      const made = await onlyACall(DOLLAR, bytes as Hex);
      expect(made.kinds).toEqual(expect.arrayContaining(['allow-unlimited', 'spender-is-person']));
    }
  });

  it('of which the trial sees more than is said is judged by that', async () => {
    const seen = log(DOLLAR, 'Approval(address,address,uint256)', [ACCOUNT, V3_02], pad(toHex(ALL)));
    const made = await understood([call({ to: DOLLAR, data: token('approve', [V3_02, 5n]) })], node([seen]));
    expect(made.kinds).toContain('allow-unlimited');
  });

  it('that Permit2 notes is seen, and one that somebody else claims in its name is not', async () => {
    const event = 'Permit(address,address,address,uint160,uint48,uint48)';
    const data = `0x${[(1n << 160n) - 1n, 9n, 0n].map((one) => pad(toHex(one)).slice(2)).join('')}`;
    const seen = (by: string) => log(by, event, [ACCOUNT, DOLLAR, THIEF], data);
    const unknown = call({ to: PICTURES, data: '0x12345678' });
    expect((await understood([unknown], node([seen(PERMIT2)]))).kinds).toContain('allow-unlimited');
    expect((await understood([unknown], node([seen(THIEF)]))).kinds).not.toContain('allow-unlimited');
  });
});

describe('a loss', () => {
  const swap = call({ to: UNIVERSAL, data: execute(trade) });

  it('of more than is said is told', async () => {
    const { risks } = await understood([swap], node([moved(DOLLAR, ACCOUNT, THIEF, HELD)]));
    expect(risks).toMatchObject([{ kind: 'loses-more', amount: { units: `${HELD}`, asset: { symbol: 'USDC' } } }]);
  });

  it('of something else than is said is told', async () => {
    const picture = log(PICTURES, 'Transfer(address,address,uint256)', [ACCOUNT, THIEF, toHex(7204n)]);
    const { risks } = await understood([swap], node([moved(DOLLAR, ACCOUNT, V3, ONE), picture]));
    expect(risks).toMatchObject([{ kind: 'loses-more', amount: { asset: { tokenId: '7204' } } }]);
    const right = call({ to: DOLLAR, data: token('approve', [V3_02, 5n]) });
    expect((await understood([right], node([picture]))).kinds).toEqual(['loses-more']);
    const own = moved(`0x${'e'.repeat(40)}`, ACCOUNT, THIEF, 5n);
    expect((await understood([call({ to: PICTURES, data: '0x12345678' })], node([own]))).kinds).toContain('loses-more');
  });

  it('of what is said, in sum, is none besides', async () => {
    const send = call({ to: DOLLAR, data: token('transfer', [MIRA, 5n]) });
    const logs = [moved(DOLLAR, ACCOUNT, MIRA, 5n)];
    const twice: typeof silent = async (method) => {
      if (method !== 'eth_simulateV1') throw Object.assign(new Error('Method not found'), { code: -32601 });
      return [
        {
          calls: [
            { status: '0x1', logs },
            { status: '0x1', logs },
          ],
        },
      ];
    };
    expect((await understood([send, send], twice)).kinds).toEqual([]);
    expect((await understood([send], node([...logs, ...logs]))).kinds).toEqual(['loses-more']);
  });

  it('stands first, whatever junk comes before it, and what is left out is counted', async () => {
    const junk = Array.from({ length: 60 }, (_, place) => toHex(place + 1, { size: 20 }));
    const gains = junk.map((one) => moved(one, THIEF, ACCOUNT, 1n));
    const losses = junk.map((one) => moved(one.replace('0x00', '0xff'), ACCOUNT, THIEF, 1n));
    const made = await understood(
      [call({ to: PICTURES, data: '0x12345678' })],
      node([...gains, ...losses, moved(DOLLAR, ACCOUNT, THIEF, HELD)]),
    );
    expect(made.changes).toMatchObject({ kind: 'known', more: 36 + 37 });
    expect(made.changes.kind === 'known' && made.changes.gives[0]).toMatchObject({
      units: `${HELD}`,
      asset: { symbol: 'USDC' },
    });
  });

  it('after thousands of other events is seen', async () => {
    const noise = Array.from({ length: 4_000 }, () => moved(IMITATION, THIEF, MIRA, 1n));
    const made = await understood([swap], node([...noise, moved(DOLLAR, ACCOUNT, THIEF, HELD)]));
    expect(made.kinds).toContain('loses-more');
  });

  it('of rights: the last of many is judged, and those left out are counted', async () => {
    const rights = Array.from({ length: 40 }, (_, place) =>
      log(DOLLAR, 'Approval(address,address,uint256)', [ACCOUNT, toHex(place + 1, { size: 20 })], pad(toHex(1n))),
    );
    const controls = Array.from({ length: 30 }, (_, place) =>
      log(toHex(place + 1, { size: 20 }), 'ApprovalForAll(address,address,bool)', [ACCOUNT, MIRA], pad('0x1')),
    );
    const worst = log(DOLLAR, 'Approval(address,address,uint256)', [ACCOUNT, THIEF], pad(toHex(ALL)));
    const made = await understood([swap], node([...rights, ...controls, worst]));
    expect(made.changes).toMatchObject({ kind: 'known', moreRights: 17 + 6 });
    expect(made.changes.kind === 'known' && made.changes.allows[0]).toMatchObject({ spender: { address: THIEF } });
    expect(made.kinds).toContain('allow-unlimited');
  });
});

describe('where nothing can be tried out', () => {
  it('a function of the standards says nothing of what a contract does that nobody knows', async () => {
    const made = await understood([call({ to: PICTURES, data: token('setApprovalForAll', [MIRA, false]) })], silent);
    expect(made.kinds).toContain('unknown-effects');
    const listed = await understood([call({ to: DOLLAR, data: token('transfer', [MIRA, 5n]) })], silent);
    expect(listed.kinds).toEqual([]);
  });

  it('a failure does not stand for the effects', async () => {
    const made = await understood([call({ to: PICTURES, data: '0x12345678' })], node([], '0x0'));
    expect(made.kinds).toEqual(expect.arrayContaining(['failing', 'unknown-effects']));
  });
});

it('the functions of a token and of Permit2 take no ETH along, and are as dangerous with it', async () => {
  const control = await onlyACall(PICTURES, token('setApprovalForAll', [THIEF, true]), 1n);
  expect(control.kinds).toContain('allow-collection');
  await onlyACall(DOLLAR, token('transfer', [MIRA, 5n]), 1n);
  const abi = parseAbi(['function approve(address token, address spender, uint160 amount, uint48 expiration)']);
  await onlyACall(PERMIT2, encodeFunctionData({ abi, functionName: 'approve', args: [DOLLAR, MIRA, 5n, 9] }), 1n);
  await onlyACall(WETH, encodeFunctionData({ abi: TOKEN_ABI, functionName: 'withdraw', args: [5n] }), 1n);
});

it('a token that is counted has no numbered things', async () => {
  const abi = parseAbi(['function safeTransferFrom(address from, address to, uint256 id)']);
  await onlyACall(DOLLAR, encodeFunctionData({ abi, functionName: 'safeTransferFrom', args: [ACCOUNT, MIRA, 5n] }));
});

it('a token that is sent to its own contract is lost, also one that nobody lists', async () => {
  const own = await understood([call({ to: IMITATION, data: token('transfer', [IMITATION, 5n]) })], node([]));
  expect(own.kinds).toContain('to-token-contract');
});

it('what a wrapper is sent without a word is wrapped', async () => {
  expect((await understood([call({ to: WETH, valueWei: 5n })], silent)).deeds).toMatchObject([{ kind: 'wrap' }]);
});

it('a swap that is refused is not called one by anybody else', async () => {
  const describe: TransactionFacts['describe'] = async () => ({
    kind: 'described',
    intent: 'Swap',
    to: await invented().party(ONE_INCH_V5),
    amount: null,
    fields: [],
    more: 0,
  });
  const asked = { tokens: [DOLLAR, WETH], to: ACCOUNT, goes: ONE, comes: LEAST } as const;
  const said = async (to: Address, data: Hex) =>
    (await understood([call({ to, data, valueWei: 5n })], silent, { describe })).deeds[0]?.kind;
  expect(await said(ONE_INCH_V5, oneInch(5, { ...asked, flags: 2n }))).toBe('call');
  expect(await said(UNIVERSAL, execute(trade))).toBe('call');
  expect(await said(V3_02, multicall(v3Call('v3-02', 'exactInput', asked)))).toBe('call');
  expect(await said(ONE_INCH_V5, '0x12345678')).toBe('described');
});

it('calls within each other are nothing but a call from some depth on', async () => {
  let data = token('transfer', [MIRA, 1n]);
  for (let depth = 0; depth < 4; depth++) data = multicall(data);
  expect((await understood([call({ to: DOLLAR, data })], silent)).deeds).toMatchObject([{ kind: 'send' }]);
  await onlyACall(DOLLAR, multicall(data));
});

it('the data of calls beyond the first ones is in the raw details', async () => {
  const calls = Array.from({ length: 6 }, (_, place) => call({ to: PICTURES, data: `0x1234567${place}` }));
  const { raw } = await understood(calls, silent);
  expect(raw.find(({ label }) => label === 'calls')?.text).toContain('0x12345675');
});
