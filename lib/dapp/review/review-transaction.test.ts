import { encodeFunctionData, pad, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { TOKEN_ABI } from './abis';
import { reviewTransaction, type TransactionFacts } from './review-transaction';
import { ACCOUNT, DOLLAR, IMITATION, invented, MIRA, OCCASION, PICTURES, THIEF } from './testing/around';
import { call, FEES, log, node, silent, understood } from './testing/reviewing';

const ALL = (1n << 256n) - 1n;
const approve = (units: bigint) =>
  call({ to: DOLLAR, data: encodeFunctionData({ abi: TOKEN_ABI, functionName: 'approve', args: [THIEF, units] }) });

describe('a transaction', () => {
  it('to somebody in the address book is nothing to be afraid of', async () => {
    const own = log(
      '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
      'Transfer(address,address,uint256)',
      [ACCOUNT, MIRA],
      pad(toHex(5n)),
    );
    const made = await understood([call({ valueWei: 5n })], node([own]));
    expect(made).toMatchObject({
      kinds: [],
      changes: { kind: 'known', gives: [{ units: '5', asset: { standard: 'own' } }], gets: [] },
    });
  });

  it('that would fail says so, and with which words', async () => {
    expect((await understood([call({ valueWei: 5n })], node([], '0x0'))).kinds).toEqual(['failing']);
  });

  it('with a token that only calls itself like a known one says so, and what it is called like', async () => {
    const data = encodeFunctionData({ abi: TOKEN_ABI, functionName: 'transfer', args: [MIRA, 5n] });
    const made = await understood([call({ to: IMITATION, data })], node([]));
    expect(made.risks).toMatchObject([{ kind: 'imitation', name: 'USDC', amount: { asset: { address: IMITATION } } }]);
  });

  it('asks for all of it, and can be made smaller', async () => {
    const made = await understood([approve(ALL)], node([]));
    expect(made.kinds).toEqual(['allow-unlimited', 'spender-is-person']);
    expect(made.allowance).toMatchObject({
      asked: { bound: 'unlimited' },
      now: { bound: 'unlimited' },
      heldUnits: '840000000',
    });
    const less = await understood([approve(840n)], node([]), { asked: approve(ALL) });
    expect(less.allowance).toMatchObject({ asked: { bound: 'unlimited' }, now: { units: '840', bound: 'at-most' } });
    expect(less.kinds).toEqual(['spender-is-person']);
    expect(less.digest).not.toBe(made.digest);
  });

  it('that hands over a collection names the collection, also where it has no name', async () => {
    const data = encodeFunctionData({ abi: TOKEN_ABI, functionName: 'setApprovalForAll', args: [THIEF, true] });
    const { risks } = await understood([call({ to: PICTURES, data })], node([]));
    expect(risks.find(({ kind }) => kind === 'allow-collection')).toMatchObject({ name: PICTURES });
  });

  it('that hides a right in something else is found out by the trial', async () => {
    const right = log(DOLLAR, 'Approval(address,address,uint256)', [ACCOUNT, THIEF], toHex(ALL));
    const control = log(PICTURES, 'ApprovalForAll(address,address,bool)', [ACCOUNT, THIEF], pad('0x1'));
    const made = await understood([call({ to: PICTURES, data: '0x12345678' })], node([right, control]));
    expect(made.kinds).toEqual(expect.arrayContaining(['allow-unlimited', 'allow-collection', 'not-understood']));
  });

  it('that hides one right behind another is found out, too', async () => {
    const said = log(DOLLAR, 'Approval(address,address,uint256)', [ACCOUNT, THIEF], pad(toHex(5n)));
    const hidden = log(PICTURES, 'ApprovalForAll(address,address,bool)', [ACCOUNT, MIRA], pad('0x1'));
    expect((await understood([approve(5n)], node([said, hidden]))).kinds).toContain('allow-collection');
  });

  it('that nobody understands and nobody can try out is told to be so', async () => {
    const made = await understood([call({ to: PICTURES, data: '0x12345678' })], silent);
    expect(made).toMatchObject({
      changes: { kind: 'unknown', why: 'untold' },
      kinds: ['unknown-effects', 'not-understood'],
    });
  });

  it('is told in the words of its makers only where no standard knows it', async () => {
    const to = await invented().party(PICTURES);
    const describe: TransactionFacts['describe'] = async () => ({
      kind: 'described',
      intent: 'Supply',
      to,
      amount: null,
      fields: [],
      more: 0,
    });
    expect(
      (await understood([call({ to: PICTURES, data: '0x12345678' })], node([]), { describe })).deeds[0]?.kind,
    ).toBe('described');
    expect((await understood([approve(5n)], node([]), { describe })).deeds[0]?.kind).toBe('allow');
  });

  it('to an address that only looks like a known one is told', async () => {
    const alike = `${MIRA.slice(0, 6)}${'0'.repeat(32)}${MIRA.slice(-4)}`.toLowerCase() as `0x${string}`;
    expect((await understood([call({ to: alike, valueWei: 5n })], node([]))).kinds).toEqual(['look-alike']);
  });

  it('of an account that a contract acts for is told', async () => {
    const around = invented();
    const party: typeof around.party = async (address) => ({
      ...(await around.party(address)),
      ...(address === ACCOUNT && { code: 'delegated', delegate: THIEF }),
    });
    const facts = {
      calls: [call({ valueWei: 5n })],
      fees: FEES,
      nonceChosen: true,
      gasUnusual: true,
      asked: null,
      describe: async () => null,
    };
    const made = await reviewTransaction(OCCASION, { ...around, party }, node([]), facts, []);
    expect(made.risks.map(({ kind }) => kind)).toEqual(['delegated-account', 'gas-unusual', 'nonce-chosen']);
  });

  it('of hundreds of calls says how many are left out', async () => {
    const made = await understood(
      Array.from({ length: 300 }, (_, place) => call({ valueWei: BigInt(place) })),
      node([]),
    );
    expect(made).toMatchObject({ moreDeeds: 280, allowance: null });
  });
});
