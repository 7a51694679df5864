import { prepareSigning } from '@/lib/keyring/sign';

/** Later than a page draws what it was answered, earlier than the button is armed that signs. */
const READ_MS = 250;

/** Somebody reads what they are about to sign: the first signature of a background takes a tenth of a second less. */
export const signSoon = (): void => void setTimeout(prepareSigning, READ_MS);
