/** The first ten addresses: from the words, and from a keyring that is unlocked already. */
import { HdKeyring } from '@metamask/eth-hd-keyring';
import { wordsOf } from '@/lib/crypto/mnemonic';
import { Secret } from '@/lib/crypto/secret';
import { openBranch } from '@/lib/keyring/derive';
import { durationMs, interleave } from './measure';
import { type Group, measuredRow } from './row';

const COUNT = 10;
const ROUNDS = 40;
const WARM_UPS = 10;
const PEER = '@metamask/eth-hd-keyring from the same words';

export const accounts: Group = {
  name: 'accounts',
  run: async ({ say, rounds = ROUNDS }) => {
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    const mnemonic = wordsOf(entropy);
    const fresh = () => new Secret(entropy.slice());
    const ten = (branch: Awaited<ReturnType<typeof openBranch>>) =>
      Array.from({ length: COUNT }, (_, index) => branch.address(index));

    const fromWords = async () => ten(await openBranch(fresh()));
    const theirs = async () => {
      const keyring = new HdKeyring();
      await keyring.deserialize({ mnemonic, numberOfAccounts: COUNT, hdPath: "m/44'/60'/0'/0" });
      return keyring.getAccounts();
    };
    const same = (await fromWords()).join().toLowerCase() === (await theirs()).join().toLowerCase();
    if (!same) throw new Error('the addresses differ from the peer');

    say('first ten addresses, from the words');
    const words = await interleave(
      rounds,
      WARM_UPS,
      () => durationMs(fromWords),
      () => durationMs(theirs),
    );
    say('first ten addresses, from the unlocked keyring');
    const branch = await openBranch(fresh());
    const unlocked = await interleave(
      rounds,
      WARM_UPS,
      () => durationMs(() => ten(branch)),
      () => durationMs(theirs),
    );
    return [
      measuredRow(
        { id: 'addresses-words', what: `first ten addresses from the words, ms; peer: ${PEER}`, limit: 1.3 },
        words,
      ),
      measuredRow(
        {
          id: 'addresses-unlocked',
          what: `first ten addresses of the unlocked keyring, ms; peer: ${PEER}`,
          limit: 0.5,
        },
        unlocked,
      ),
    ];
  },
};
