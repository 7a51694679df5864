/** The simulator, checked by a client that nobody here wrote: Debian's `trezor` package, over UDP. */
import { parseTransaction } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterEach, describe, expect, it } from 'vitest';
import { HAS_CLIENT, port, run, start as startMini, stop, trezorctl } from './testing/trezorctl';
import type { MiniOptions } from './types';

const MNEMONIC = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
/** m/44'/60'/0'/0/0 of these words, as every wallet has it. */
const FIRST = privateKeyToAccount('0x1ab42cc412b618bdea3a599e3c9bae199ebf030895b039e9db1e30dafb12b727');
afterEach(stop);

const start = (options: Partial<MiniOptions> = {}) => startMini({ mnemonic: MNEMONIC, ...options });

/** The command itself wants a node for this; the library below it does not. */
const SIGN_LEGACY = `
import sys
from trezorlib import ethereum, tools
from trezorlib.client import TrezorClient
from trezorlib.transport.udp import UdpTransport
from trezorlib.ui import ClickUI
client = TrezorClient(UdpTransport(sys.argv[1]), ui=ClickUI())
v, r, s = ethereum.sign_tx(
    client, tools.parse_path("m/44'/60'/0'/0/0"), nonce=9, gas_price=20, gas_limit=21000, to=sys.argv[2], value=12345,
    data=bytes.fromhex(sys.argv[3]), chain_id=1,
)
print(v, r.hex(), s.hex())
`;

const PATH = "m/44'/60'/0'/0/0";

describe.skipIf(!HAS_CLIENT)('trezorctl', { timeout: 60_000 }, () => {
  it('reads the features of a Mini in compatible mode', async () => {
    await start();
    const text = await trezorctl('get-features');
    expect(text).toContain("vendor: 'trezor.io'");
    expect(text).toContain("label: 'Simulated Mini'");
  });

  it('is given the address that the words have, confirmed on the screen', async () => {
    await start();
    expect(await trezorctl('ethereum', 'get-address', '-n', PATH, '-d')).toContain(FIRST.address);
  });

  it('is given the signature of a message that software makes of the same key', async () => {
    await start();
    const text = await trezorctl('ethereum', 'sign-message', '-n', PATH, 'hello from outside');
    expect(text).toContain(await FIRST.signMessage({ message: 'hello from outside' }));
  });

  it('is given the signature of a legacy transaction with 3,000 bytes of data that software makes', async () => {
    await start();
    const to = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
    const data = `0x${'ab'.repeat(3_000)}` as const;
    const text = await run('/usr/bin/python3', ['-c', SIGN_LEGACY, `127.0.0.1:${port()}`, to, data.slice(2)]);
    const transaction = {
      type: 'legacy',
      chainId: 1,
      nonce: 9,
      gas: 21_000n,
      gasPrice: 20n,
      to,
      value: 12_345n,
    } as const;
    const { v, r, s } = parseTransaction(await FIRST.signTransaction({ ...transaction, data }));
    expect(text).toContain(`${v} ${r?.slice(2)} ${s?.slice(2)}`);
  });

  it('is told when the person says no', async () => {
    await start({ person: () => ({ press: 'cancel' }) });
    await expect(trezorctl('ethereum', 'get-address', '-n', PATH, '-d')).rejects.toThrow(/[Cc]ancelled/);
  });

  it('is refused a path that is not Ethereum’s', async () => {
    await start();
    await expect(trezorctl('ethereum', 'get-address', '-n', "m/49'/0'/0'")).rejects.toThrow(/Forbidden key path/);
  });
});
