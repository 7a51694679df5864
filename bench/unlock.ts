/** Opening a locked profile: by its password beside the vault that most wallets have, and by a passkey beside the password. */
import { decrypt, encrypt } from '@metamask/browser-passworder';
import { z } from 'zod';
import { toBase64url, utf8 } from '@/lib/bytes';
import { openKeyring } from '@/lib/keyring/contents';
import { createKeyring, type Keyring } from '@/lib/keyring/keyring';
import { profile } from '@/lib/keyring/wallets';
import { DEFAULT_STRETCHING, type UnlockSecret } from '@/lib/keyring/wraps';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { durationMs, interleave, type Sample } from './measure';
import { type Group, measuredRow } from './row';

const ROUNDS = 15;
const WARM_UPS = 3;
const PASSWORD = 'copper lantern drift';
const WORDS = 'test test test test test test test test test test test junk';

export const unlock: Group = {
  name: 'unlock',
  run: async ({ say, rounds = ROUNDS }) => {
    const vault = await encrypt(PASSWORD, { mnemonic: WORDS });
    const { memoryKiB, passes, lanes } = DEFAULT_STRETCHING;
    const hardness = `Argon2id, ${memoryKiB} KiB, ${passes} passes, ${lanes} lane`;
    const theirs = `@metamask/browser-passworder, PBKDF2-SHA-256, ${iterationsOf(vault)} iterations`;

    const { keyring, passkey } = await lockedKeyring();
    const opening = (secret: UnlockSecret): Sample => {
      return async () => {
        const tookMs = await durationMs(() => keyring.unlockWith(secret));
        await keyring.lock();
        return tookMs;
      };
    };
    const byPassword = opening({ method: 'password', password: utf8(PASSWORD) });
    const peer = () => durationMs(() => decrypt(PASSWORD, vault));

    say('by password');
    const password = await interleave(rounds, WARM_UPS, byPassword, peer);
    say('by passkey');
    const passkeyTimes = await interleave(rounds, WARM_UPS, opening(passkey), byPassword);
    return [
      measuredRow(
        { id: 'unlock-password', what: `unlock by password, ms (${hardness}); peer: ${theirs}`, limit: 1 },
        password,
      ),
      measuredRow(
        { id: 'unlock-passkey', what: 'unlock by what a passkey computed, ms; peer: unlock by password', limit: 0.3 },
        passkeyTimes,
      ),
    ];
  },
};

/** As it is written into the vault: what it is opened with. */
function iterationsOf(vault: string): number {
  const { keyMetadata } = z
    .object({ keyMetadata: z.object({ params: z.object({ iterations: z.int() }) }) })
    .parse(JSON.parse(vault));
  return keyMetadata.params.iterations;
}

/** A keyless and a phrase wallet, sealed under a password and a passkey. */
async function lockedKeyring(): Promise<{ keyring: Keyring; passkey: UnlockSecret }> {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const [local, session] = [memoryArea(), memoryArea()];
  const keyring = createKeyring({
    profile: cell(local, 'profile', profile),
    sealed: cell(local, 'sealed', z.unknown()),
    sealedNext: cell(local, 'sealedNext', z.unknown()),
    session: cell(session, 'keyring', openKeyring),
    stretching: DEFAULT_STRETCHING,
    random,
  });
  const passkey = { method: 'passkey', prfOutput: random(32) } as const;
  await keyring.adopt(random(32));
  await keyring.addUnlock({ method: 'password', password: utf8(PASSWORD) });
  const handle = { credentialId: toBase64url(random(16)), prfSalt: toBase64url(random(32)) };
  await keyring.addUnlock({ ...handle, ...passkey });
  await keyring.addWallet({ type: 'phrase', entropy: toBase64url(random(16)), passphrase: '' });
  await keyring.lock();
  return { keyring, passkey };
}
