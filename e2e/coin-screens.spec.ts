/** Screens of Bitcoin and its relatives in Chromium, with the real engine behind them and a chain in memory. */
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { toHex } from '@/lib/bytes';
import { checkAddress } from '@/lib/chains/utxo/address';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { serializeTransaction } from '@/lib/chains/utxo/transaction';
import { asWalletError } from '@/lib/errors';
import { drawCode } from '@/lib/scan/testing/pictures';
import { SILENCE } from '@/lib/utxo/testing/socket';
import { type Ground, groundOf } from '@/lib/utxo/testing/world';
import { findChromium } from '@/scripts/bootstrap.mjs';
import { type Gallery, openGallery } from './gallery/serve';
import { coins } from './pages/coins';
import { scan } from './pages/scan';
import { bmpOf } from './qr-pictures';

/** Of Bitcoin, or of Bitcoin Cash as it was written once. */
const OLD_FORM = '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA';
const SERVER = 'ws://127.0.0.1:9130/websocket';

let gallery: Gallery;
let browser: Browser;

test.beforeAll(async () => {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  gallery = await openGallery();
  browser = await chromium.launch({ executablePath });
});

test.afterAll(async () => {
  await browser.close();
  await gallery.close();
});

const usual = (coin: CoinId) => COINS[coin].purposes[0] ?? 44;
const theirs = (coin: CoinId, index = 7) => addressAt(ABANDON, coin, usual(coin), 0, index).address;

/** Two outputs of 0.3 and 0.2 on the usual account of the wallet. */
function fund({ chain }: Ground, coin: CoinId): void {
  const amounts = [30_000_000n, 20_000_000n];
  chain.pay(fundingOf(amounts.map((amount, index) => ({ to: addressAt(ALL, coin, usual(coin), 0, index), amount }))));
}

/** The screens over an engine of their own. */
async function open(ground: Ground): Promise<Page> {
  const world = ground.open();
  const page = await browser.newPage({ viewport: { width: 360, height: 600 }, acceptDownloads: true });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.exposeFunction('askEngine', async (name: string, input: unknown) => {
    try {
      return { output: JSON.parse(JSON.stringify(await world.host.call(name, input))) };
    } catch (thrown) {
      const { code, details } = asWalletError(thrown);
      return { error: { code, details } };
    }
  });
  const keep = world.news.push.bind(world.news);
  world.news.push = (...news) => {
    const count = keep(...news);
    page.evaluate((revision) => window.tellRevision(revision), count).catch(() => undefined);
    return count;
  };
  await page.goto(`${gallery.list}coins.html`);
  return page;
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** A server is picked, every account is found, and the usual one is looked at. */
async function found(coin: CoinId): Promise<{ readonly page: Page; readonly ground: Ground }> {
  const ground = groundOf(coin);
  fund(ground, coin);
  const page = await open(ground);
  await press(page, new RegExp(`^${COINS[coin].name}`))
    .first()
    .click();
  await page.getByLabel('Address of the server').fill(SERVER);
  await press(page, 'Use this server').click();
  await expect(page.getByText(`0.5 ${COINS[coin].symbol}`).first()).toBeVisible();
  return { page, ground };
}

async function fill(page: Page, coin: CoinId, amount: string): Promise<void> {
  await press(page, 'Send').click();
  await page.getByLabel('Address', { exact: true }).fill(theirs(coin));
  await page.getByLabel(`Amount, ${COINS[coin].symbol}`).fill(amount);
}

/** The button acts half a second after it is seen. */
async function confirm(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name });
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
  await button.click();
}

test('nobody is asked before a server was picked, and a bad one is told what is wrong with it', async () => {
  const page = await open(groundOf('btc'));
  await expect(page.getByText('No server yet')).toHaveCount(6);
  await press(page, /^Bitcoin No server/).click();
  await press(page, 'Use this server').click();
  await expect(page.getByText('The address of a server is missing.')).toBeVisible();
  await page.getByLabel('Address of the server').fill('ws://far.example/websocket');
  await press(page, 'Use this server').click();
  await expect(page.getByText(/Use https:\/\/ or wss:\/\/|on this machine only/)).toBeVisible();
  await page.close();
});

test('a server of another currency is refused at its field', async () => {
  const page = await open(groundOf('ltc'));
  await press(page, /^Bitcoin No server/).click();
  await page.getByLabel('Address of the server').fill(SERVER);
  await press(page, 'Use this server').click();
  await expect(page.getByText('That server is for another currency, not for Bitcoin.')).toBeVisible();
  await page.close();
});

test('a payment is filled in, shown whole, sent, and sped up while it waits', async () => {
  const { page, ground } = await found('btc');
  await fill(page, 'btc', '0.1');
  await press(page, 'Review').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('0.1 BTC', { exact: true })).toBeVisible();
  await confirm(page, /^Send 0.1/);
  await expect(page.getByText('It is on its way')).toBeVisible();
  await press(page, 'Done').click();
  await expect(page.getByText('Waiting for a block')).toBeVisible();
  await press(page, /^Sent Waiting/).click();
  await press(page, 'Speed up').click();
  await expect(page.getByText('More to pay')).toBeVisible();
  // A node that takes a dearer one gives the first up.
  for (const { txid } of await ground.chain.backend.utxos(theirs('btc'))) ground.chain.drop(txid);
  await confirm(page, /^Send it dearer/);
  await expect(page.getByText('Pay a higher fee')).toBeHidden();
  await expect(press(page, /^Sent Waiting/)).toBeVisible();
  const paid = await ground.chain.backend.utxos(theirs('btc'));
  expect(paid.map(({ amount }) => amount)).toEqual([10_000_000n]);
  await page.close();
});

test('a request that was pasted fills the form in, several are paid, and the rest goes to one of them', async () => {
  const { page, ground } = await found('btc');
  await press(page, 'Send').click();
  const address = page.getByLabel('Address', { exact: true });
  await address.fill(`bitcoin:${theirs('btc')}?amount=0.05&label=Library`);
  await expect(page.getByText('It says: Library')).toBeVisible();
  await expect(page.getByLabel('Amount, BTC')).toHaveValue('0.05');
  await press(page, 'One more recipient').click();
  await address.nth(1).fill(theirs('btc', 8));
  await press(page, 'Max').nth(1).click();
  await press(page, 'Review').click();
  await expect(page.getByText('To two recipients')).toBeVisible();
  await confirm(page, /^Send 0.4/);
  await expect(page.getByText('It is on its way')).toBeVisible();
  expect((await ground.chain.backend.utxos(theirs('btc'))).map(({ amount }) => amount)).toEqual([5_000_000n]);
  await page.close();
});

test('each slip has its sentence at its field', async () => {
  const { page } = await found('btc');
  await fill(page, 'btc', '0.000001');
  await press(page, 'Review').click();
  await expect(page.getByText(/passes on nothing below/)).toBeVisible();
  await page.getByLabel('Amount, BTC').fill('7');
  await press(page, 'Review').click();
  await expect(page.getByText('That is more than you have here.')).toBeVisible();
  const address = page.getByLabel('Address', { exact: true });
  await address.fill(theirs('ltc'));
  await expect(page.getByText(/That is an address of Litecoin/)).toBeVisible();
  await address.fill(`${theirs('btc').slice(0, -1)}q`);
  await expect(page.getByText(/A character is wrong or missing/)).toBeVisible();
  await address.fill('tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx');
  await expect(page.getByText(/of a network for tests/)).toBeVisible();
  await press(page, 'Own rate').click();
  await page.getByRole('dialog').getByRole('textbox').fill('99999');
  await press(page, 'Use these numbers').click();
  await address.fill(theirs('btc'));
  await page.getByLabel('Amount, BTC').fill('0.1');
  await press(page, 'Review').click();
  await expect(page.getByText(/it is surely a slip/)).toBeVisible();
  await page.close();
});

test('an account that holds nothing says so where something is sent', async () => {
  const page = await open(groundOf('btc'));
  await press(page, /^Bitcoin No server/).click();
  await coins(page).pickServer(SERVER);
  await coins(page).accountShown();
  await fill(page, 'btc', '0.1');
  await press(page, 'Review').click();
  await expect(page.getByText('There is nothing here to spend yet.')).toBeVisible();
  await page.close();
});

test('a server that does not answer, that lags, or that follows another chain is refused at its field', async () => {
  const ground = groundOf('btc');
  const page = await open(ground);
  await press(page, /^Bitcoin No server/).click();
  ground.gate = () => Promise.reject(SILENCE);
  await coins(page).pickServer(SERVER);
  await expect(page.getByText(/^Nobody answers there/)).toBeVisible();
  ground.gate = async (method, answer) => (method === 'getInfo' ? { shortcut: 'BTC', bestHeight: 400_000 } : answer());
  await press(page, 'Use this server').click();
  await expect(page.getByText(/still reading the chain/)).toBeVisible();
  ground.gate = async (method, answer) => (method === 'getBlockHash' ? { hash: 'ab'.repeat(32) } : answer());
  await press(page, 'Use this server').click();
  await expect(page.getByText(/follows another chain with the same beginning, not Bitcoin/)).toBeVisible();
  await page.close();
});

test('an old address of Bitcoin Cash is paid only once it was said which is meant', async () => {
  const { page, ground } = await found('bch');
  await press(page, 'Send').click();
  await page.getByLabel('Address', { exact: true }).fill(OLD_FORM);
  await expect(page.getByText('Is this an address of Bitcoin Cash?')).toBeVisible();
  await press(page, 'Yes, of Bitcoin Cash').click();
  await expect(page.getByText('Is this an address of Bitcoin Cash?')).toBeHidden();
  await page.getByLabel('Amount, BCH').fill('0.1');
  await press(page, 'Review').click();
  await confirm(page, /^Send 0.1/);
  await expect(page.getByText('It is on its way')).toBeVisible();
  const { address } = checkAddress(COINS.bch, OLD_FORM, { legacy: 'meant' });
  expect((await ground.chain.backend.utxos(address)).map(({ amount }) => amount)).toEqual([10_000_000n]);
  await page.close();
});

test('a coin that is put aside is not spent, and coins can be picked', async () => {
  const { page } = await found('btc');
  await page.getByRole('tab', { name: 'Coins' }).click();
  await press(page, /^0.3 BTC/).click();
  await page.getByLabel('Label').fill('Gift for Mira');
  await press(page, 'Save').click();
  await press(page, /Gift for Mira/).click();
  await press(page, 'Put aside').click();
  await press(page, 'Allow to spend').waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByText('0.3 BTC of it cannot be spent now')).toBeVisible();
  await fill(page, 'btc', '0.25');
  await press(page, 'Review').click();
  await expect(page.getByText(/It would be enough with the coins that you put aside/)).toBeVisible();
  await page.getByLabel('Amount, BTC').fill('0.1');
  await press(page, /^Coins to spend/).click();
  await page.getByRole('checkbox').first().click();
  await press(page, 'Use these').click();
  await expect(page.getByText('1 picked, 0.2 BTC')).toBeVisible();
  await press(page, 'Review').click();
  await expect(page.getByRole('dialog').getByText('Comes back to you')).toBeVisible();
  await page.close();
});

test('a fresh address, with an amount and a label; used ones stand in a list', async () => {
  const { page } = await found('btc');
  await press(page, 'Receive').click();
  await expect(page.getByText('Fresh address, number 3')).toBeVisible();
  await press(page, 'Request').click();
  await page.getByRole('dialog').getByRole('textbox').fill('0.25');
  await press(page, 'Show the code').click();
  await expect(page.getByText('Asks for 0.25 BTC')).toBeVisible();
  await press(page, 'Copy request').click();
  const fresh = addressAt(ALL, 'btc', 84, 0, 2).address;
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`bitcoin:${fresh}?amount=0.25`);
  await press(page, 'Add a label').click();
  await page.getByRole('dialog').getByRole('textbox').fill('Rent, May');
  await press(page, 'Save').click();
  await expect(press(page, 'Rent, May')).toBeVisible();
  await press(page, 'Addresses').click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(2);
  await page.close();
});

test('a message is signed, and the same screen finds the signature right and another text wrong', async () => {
  const { page } = await found('btc');
  await press(page, 'More').click();
  await press(page, 'Sign or check a message').click();
  await press(page, /^Choose an address/).click();
  await page.getByRole('dialog').getByRole('button').first().click();
  await page.getByLabel('Message', { exact: true }).fill('I live here.');
  await press(page, 'Sign it').click();
  const signature = await page.getByLabel('Signature').inputValue();
  await page.getByRole('radio', { name: 'Check' }).click();
  await page.getByLabel('Address', { exact: true }).fill(addressAt(ALL, 'btc', 84, 0, 2).address);
  await page.getByLabel('Signature').fill(signature);
  await press(page, 'Check it').click();
  await expect(page.getByText('The signature fits.')).toBeVisible();
  await page.getByLabel('Message', { exact: true }).fill('I live there.');
  await press(page, 'Check it').click();
  await expect(page.getByText('The signature does not fit.')).toBeVisible();
  await page.close();
});

test('the extended key is shown after it was said what it gives away; the history is a table', async () => {
  const { page } = await found('btc');
  await press(page, 'More').click();
  const [table] = await Promise.all([page.waitForEvent('download'), press(page, /^Save the history/).click()]);
  expect(table.suggestedFilename()).toMatch(/\.csv$/);
  await press(page, 'More').click();
  await press(page, 'Extended public key').click();
  await expect(press(page, 'Show it')).toBeDisabled();
  await page.getByRole('checkbox').click();
  await press(page, 'Show it').click();
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue(/^zpub/);
  await expect(page.getByLabel('Descriptor')).toHaveValue(/^wpkh\(xpub/);
  await page.close();
});

test('labels go out as a file and come in from one, and what cannot be read changes nothing', async () => {
  const { page, ground } = await found('btc');
  await press(page, /^Received/).click();
  await page.getByLabel('Label', { exact: true }).fill('Wages');
  await press(page, 'Back').click();
  await press(page, 'More').click();
  await press(page, /^Labels to and from/).click();
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Save the labels').click()]);
  expect(file.suggestedFilename()).toBe('btc-84-0-0-labels.jsonl');
  await page.getByLabel('Or paste its text').fill('label,ref');
  await press(page, 'Take them over').click();
  await expect(page.getByText(/^Line 1 is no label/)).toBeVisible();
  const [utxo] = await ground.chain.backend.utxos(addressAt(ALL, 'btc', 84, 0, 0).address);
  const frozen = JSON.stringify({ type: 'output', ref: `${utxo?.txid}:${utxo?.index}`, spendable: false });
  const foreign = JSON.stringify({ type: 'output', ref: `${'f'.repeat(64)}:0`, label: 'x', spendable: false });
  const take = async (...lines: readonly string[]) => {
    await page.getByLabel('Or paste its text').fill(lines.join('\n'));
    await press(page, 'Take them over').click();
  };
  await take(frozen, foreign);
  await expect(page.getByText('Taken over: 0 labels. Coins put aside: 1. Allowed again: 0.')).toBeVisible();
  await expect(page.getByText('1 line was about something else.')).toBeVisible();
  await take(frozen.replace('false', 'true'));
  await expect(page.getByText('Taken over: 0 labels. Coins put aside: 0. Allowed again: 1.')).toBeVisible();
  await take(frozen);
  await expect(page.getByText('Taken over: 0 labels. Coins put aside: 1. Allowed again: 0.')).toBeVisible();
  await page.getByLabel('Choose a file').setInputFiles(await file.path());
  await expect(page.getByText('Taken over: 1 label. Coins put aside: 0. Allowed again: 0.')).toBeVisible();
  await press(page, 'Back').click();
  await expect(page.getByText('0.3 BTC of it cannot be spent now')).toBeVisible();
  await expect(press(page, /^Wages/)).toBeVisible();
  await page.close();
});

test('a server of one’s own is asked by the keys of accounts once that was said', async () => {
  const ground = groundOf('btc');
  fund(ground, 'btc');
  const asked: string[] = [];
  ground.gate = (_, answer, { descriptor }) => {
    if (typeof descriptor === 'string') asked.push(descriptor);
    return answer();
  };
  const page = await open(ground);
  await press(page, /^Bitcoin No server/).click();
  await expect(page.getByText(/^They are asked in a row/)).toBeVisible();
  await coins(page).pickServer(SERVER, 'mine');
  await coins(page).accountShown();
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((one) => !one.includes('('))).toEqual([]);
  await press(page, 'More').click();
  await press(page, /^Server/).click();
  await expect(page.getByRole('checkbox', { name: 'This server is mine' })).toBeChecked();
  await expect(page.getByText(/^All addresses of your accounts/)).toBeVisible();
  // Another server is somebody else's until it is said.
  await page.getByLabel('Address of the server').fill('wss://blockbook.example/websocket');
  await expect(page.getByRole('checkbox', { name: 'This server is mine' })).not.toBeChecked();
  await expect(page.getByText(/^All addresses of your accounts/)).toHaveCount(0);
  await page.close();
});

/** A gate of a server, and the sentence that it is refused with. */
type Lie = readonly [what: string, sentence: RegExp, gate: Ground['gate'], whose?: 'mine'];

type Data = Record<string, unknown>;
const changed =
  (asked: string, edit: (data: Data) => Data): Ground['gate'] =>
  async (method, answer) => {
    const data = await answer();
    if (method !== asked) return data;
    return Array.isArray(data) ? data.map((one) => edit(one as Data)) : edit(data as Data);
  };
const stranger = addressAt(ABANDON, 'btc', 84, 0, 3);
const forged = toHex(serializeTransaction(fundingOf([{ to: stranger, amount: 1n }], 9)));
const LIES: readonly Lie[] = [
  [
    'another amount',
    /another amount than the transaction holds/,
    changed('getAccountUtxo', (one) => ({ ...one, value: '9' })),
  ],
  ['another transaction', /another transaction than the one/, changed('getTransaction', () => ({ hex: forged }))],
  [
    'a transaction cut short',
    /that cannot be read/,
    changed('getTransaction', ({ hex }) => ({ hex: String(hex).slice(2) })),
  ],
  [
    'an output of somebody else',
    /goes to somebody else/,
    changed('getAccountUtxo', (one) => ({
      ...one,
      vout: 1 - Number(one.vout),
      value: one.value === '30000000' ? '20000000' : '30000000',
    })),
  ],
  ['something mined', /something mined a payment/, changed('getAccountUtxo', (one) => ({ ...one, coinbase: true }))],
  [
    'a block to come',
    /block that the chain does not have/,
    changed('getAccountUtxo', (one) => ({ ...one, height: 2_000_000 })),
  ],
  [
    'an address of somebody else',
    /calls an address yours/,
    changed('getAccountInfo', (data) => ({ ...data, tokens: [{ name: stranger.address, path: "m/84'/0'/0'/0/0" }] })),
    'mine',
  ],
];

for (const [what, sentence, gate, whose] of LIES)
  test(`a server that lies is refused in words: ${what}`, async () => {
    const ground = groundOf('btc');
    fund(ground, 'btc');
    ground.gate = gate;
    const page = await open(ground);
    await press(page, /^Bitcoin No server/).click();
    await coins(page).pickServer(SERVER, whose);
    await expect(page.getByText('The server gave a wrong answer.')).toBeVisible();
    await expect(page.getByText(sentence)).toBeVisible();
    await page.close();
  });

test('a payment to an address of one’s own is told as one', async () => {
  const { page, ground } = await found('btc');
  await coins(page).fill(addressAt(ALL, 'btc', 84, 0, 2).address, '0.1');
  await expect(page.getByRole('dialog').getByText('Your own address')).toBeVisible();
  await confirm(page, /^Send 0.1 BTC/);
  await press(page, 'Done').click();
  ground.chain.mine();
  await coins(page).lookAgain();
  await press(page, /^To yourself/)
    .first()
    .click();
  await expect(page.getByText(/^To yourself · /)).toBeVisible();
  await page.close();
});

test('a transaction is saved unsigned, read again, and signed without being sent', async () => {
  const { page, ground } = await found('btc');
  await fill(page, 'btc', '0.1');
  await press(page, 'Review').click();
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Save unsigned (PSBT)').click()]);
  await page.keyboard.press('Escape');
  await press(page, 'Back').click();
  await press(page, 'More').click();
  await press(page, 'Sign a transaction of another wallet').click();
  await page.getByLabel('Text of the transaction').fill('bm9uZQ==');
  await press(page, 'Look at it').click();
  await expect(page.getByText(/That is not such a transaction/)).toBeVisible();
  await page.getByLabel('Choose a file').setInputFiles(await file.path());
  await press(page, 'Look at it').click();
  await expect(page.getByRole('dialog', { name: 'What it does' })).toBeVisible();
  await confirm(page, /^Sign it/);
  await expect(page.getByText('Signed. Nothing was sent yet.')).toBeVisible();
  expect(await ground.chain.backend.utxos(theirs('btc'))).toEqual([]);
  await press(page, 'Send it now').click();
  await expect.poll(async () => (await ground.chain.backend.utxos(theirs('btc'))).length).toBe(1);
  await page.close();
});

test('a code fills in the recipient that it was scanned for, on another page, beside what was typed', async () => {
  const { page } = await found('btc');
  await fill(page, 'btc', '0.1');
  await press(page, 'One more recipient').click();
  const addresses = page.getByLabel('Address', { exact: true });
  const amounts = page.getByLabel('Amount, BTC');
  await press(page, 'Scan a QR code').last().click();
  await scan(page).shown();
  const show = (text: string) =>
    scan(page).choose(bmpOf(drawCode(text, { width: 480, height: 480, scale: 5, turn: 8 })));

  await show('ethereum:0x71C7656EC7ab88b098defB751B7401B5f6d8976F@1');
  await scan(page).says(/Ethereum/);
  await show(`litecoin:${theirs('ltc')}`);
  await scan(page).says(/Litecoin/);
  await show('abandon '.repeat(11));
  await scan(page).says(/^This QR code asks for no payment that can be made here\./);

  const asked = theirs('btc', 8);
  await show(`BITCOIN:${asked.toUpperCase()}?amount=0.05&label=Zoë`);
  await expect(amounts.nth(1)).toHaveValue('0.05');
  await expect(addresses.nth(1)).toHaveValue(asked);
  await expect(page.getByText(/Zoë/)).toBeVisible();
  await expect(addresses.nth(0)).toHaveValue(theirs('btc'));
  await expect(amounts.nth(0)).toHaveValue('0.1');
  await page.close();
});
