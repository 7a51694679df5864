import { isDeepStrictEqual } from 'node:util';
import { faultsOf, methodOf, methods, paramsOf, type SpecMethod } from './api-specs/document';
import { inventedParams } from './api-specs/invent';
import { startExampleNode } from './api-specs/node';
import { ask } from './ask';
import { expect, test } from './fixtures';
import { approval } from './pages/approval';
import { type Site, startSite } from './site';
import { chainIdOf, connect, decide, openUnlocked, tell } from './visit';

/** Of another wallet alone, given up by it, or asked for in a way that is not done here. */
const REFUSED: Readonly<Record<string, number>> = {
  wallet_registerOnboarding: 4200,
  wallet_scanQRCode: 4200,
  wallet_requestExecutionPermissions: 4200,
  wallet_getGrantedExecutionPermissions: 4200,
  wallet_getSupportedExecutionPermissions: 4200,
  eth_decrypt: 4200,
  eth_getEncryptionPublicKey: 4200,
  eth_subscribe: 4200,
  eth_unsubscribe: 4200,
  // The example wants them all or none of them.
  wallet_sendCalls: 5760,
  wallet_getCallsStatus: 5730,
};

/** What its user decides, two for each site: the wallet stops listening to one that was refused three times. */
const DECIDED: ReadonlyArray<{ readonly connected: boolean; readonly names: readonly string[] }> = [
  { connected: false, names: ['eth_requestAccounts', 'wallet_requestPermissions'] },
  { connected: false, names: ['wallet_addEthereumChain', 'wallet_switchEthereumChain'] },
  { connected: true, names: ['wallet_watchAsset', 'personal_sign'] },
  { connected: true, names: ['eth_signTypedData_v4', 'eth_sendTransaction'] },
];
/** Lists of params for each method that the node answers, beside the examples. */
const INVENTED = 2;
/** The chain of the examples, which the build under test does not have. */
const GNOSIS = 100;

test('every method of the published description is answered as it says, or refused with its code', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const chainId = chainIdOf(stack);
  const [node, gnosis] = await Promise.all([startExampleNode(chainId), startExampleNode(GNOSIS)]);
  const sites: Site[] = [];
  const openSite = async () => {
    const site = await startSite();
    network.allow(site.origin);
    sites.push(site);
    return site;
  };
  for (const { url } of [node, gnosis]) network.allow(url);
  const openCopy = () => openBrowser({ profile: lockedWallet.copy() });
  const visit = await openUnlocked(openCopy, lockedWallet, await openSite(), (wallet) =>
    tell(wallet, { name: 'networks.set-node', input: { chainId, rpcUrl: node.url } }),
  );
  const { page } = visit;
  const fitting = { account: await connect(visit), chainId };
  const exampleOf = (name: string) => {
    const [example] = methodOf(name).examples ?? [];
    return example && paramsOf(methodOf(name), example, fitting);
  };

  const decided = DECIDED.flatMap(({ names }) => names);
  const answered = methods.filter(({ name }) => !decided.includes(name) && REFUSED[name] === undefined);
  // It ends what others are answered by.
  const last = (name: string) => (name === 'wallet_revokePermissions' ? 1 : 0);
  let calls = 0;
  const call = async (method: SpecMethod, params: unknown) => {
    const answer = await ask(page, method.name, params);
    if (!('result' in answer)) throw new Error(`${method.name}: ${answer.code} ${answer.message}`);
    // Some examples are not what their own schema wants.
    const isExample = (method.examples ?? []).some(({ result }) => isDeepStrictEqual(answer.result, result.value));
    expect(isExample ? '' : faultsOf(method, answer.result), method.name).toBe('');
    calls += 1;
  };
  for (const method of answered.toSorted((one, other) => last(one.name) - last(other.name))) {
    for (const example of method.examples ?? []) await call(method, paramsOf(method, example, fitting));
    // What is not asked of the node is about accounts and chains: those that a schema invents nobody has.
    if (!method.name.startsWith('eth_') || method.params.length === 0) continue;
    for (const params of inventedParams(method, INVENTED)) await call(method, params);
  }
  expect(calls).toBeGreaterThan(80);
  for (const [name, code] of Object.entries(REFUSED))
    expect(await ask(page, name, exampleOf(name)), name).toMatchObject({ code });

  for (const { connected, names } of DECIDED) {
    await page.goto((await openSite()).origin);
    if (connected) await connect(visit);
    for (const name of names) {
      if (name === 'wallet_switchEthereumChain') {
        const wallet = await visit.browser.openPopup();
        const form = { name: 'Gnosis', chainId: String(GNOSIS), symbol: 'XDAI', rpcUrl: gnosis.url, explorerUrl: '' };
        await tell(wallet, { name: 'networks.add', input: form });
        await wallet.close();
        await page.bringToFront();
      }
      const answer = await decide(visit, ask(page, name, exampleOf(name)), (window) => approval(window).reject());
      expect(answer, name).toMatchObject({ code: 4001 });
    }
  }
  await Promise.all([node, gnosis, ...sites].map((one) => one.stop()));
});
