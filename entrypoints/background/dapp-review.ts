import { fromBase64 } from '@/lib/bytes';
import type { ReviewDeps } from '@/lib/dapp/make-review';
import { createDescriber } from '@/lib/dapp/review/describe-call';
import { phishingCheck } from '@/lib/dapp/review/phishing';
import { createSurroundings } from '@/lib/dapp/review/surroundings';
import { readOwnFile } from '@/lib/platform/extension';
import type { DappParts } from './dapp-parts';

type ReviewSide = Omit<ReviewDeps, 'requests' | 'show' | 'now'>;

/** The lists of the build are read when they are wanted, and kept as long as the background lives. */
const describe = createDescriber(async () => JSON.parse(await readOwnFile('review/descriptions.json')));
let phishing: Promise<(host: string) => boolean> | undefined;
const readPhishing = (): Promise<(host: string) => boolean> => {
  phishing ??= readOwnFile('review/phishing.txt').then((text) => phishingCheck(fromBase64(text)));
  phishing.catch(() => {
    phishing = undefined;
  });
  return phishing;
};

/** What is known here, for those who are to decide. */
export function reviewSide({ keyring, registry, tokens, activity, contacts }: DappParts): ReviewSide {
  const networkOf = async (chainId: number) => {
    const { name, symbol, decimals } = (await registry.get(chainId)).info;
    return { chainId, name, symbol, decimals };
  };
  return {
    chainOf: registry.get,
    networkOf,
    aroundOf: async (chainId) => {
      const adapter = await registry.get(chainId);
      const profile = await keyring.profile();
      return createSurroundings({
        chain: await networkOf(chainId),
        node: adapter.request,
        adapter,
        tokens: (await tokens.all()).filter((one) => one.chainId === chainId),
        own: profile?.wallets.flatMap(({ accounts }) => accounts) ?? [],
        contacts: await contacts.list(),
        sentTo: [...new Set((await activity.list()).map(({ to }) => to))],
      });
    },
    tokenOf: tokens.describe,
    nextNonce: activity.nonceAfterPending,
    readPhishing,
    describe,
  };
}
