/** Answers of a device with bits and bytes changed: whatever comes, it is an answer or a typed error, and never a hang. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Message, toReports } from '@/e2e/simulators/onekey-mini/wire';
import { toHex } from '@/lib/bytes';
import { signDraft } from '@/lib/chains/utxo/sign';
import { ALL, keysOf } from '@/lib/chains/utxo/testing/seed';
import { WalletError } from '@/lib/errors';
import { type OneKey, openOneKey } from '../onekey/signer';
import { utxoDevice } from '../onekey/utxo';
import { NOBODY } from '../person';
import { readMessage } from '../wire/framing';
import { ACCOUNT, PATH, SOFTWARE, simulate } from './place';
import { ALL_WORDS, paymentOf } from './utxo-place';

/** Something that a device is asked, and the one right answer. */
interface Conversation {
  readonly mnemonic?: string;
  readonly ask: (device: OneKey) => Promise<string>;
  readonly expected: () => Promise<string>;
}

const PAYMENT = paymentOf('btc', 49, 1);
const CONVERSATIONS: readonly Conversation[] = [
  {
    ask: (device) => device.signMessage({ ...ACCOUNT, path: PATH }, new TextEncoder().encode('mutated'), 1),
    expected: () => SOFTWARE.signMessage({ message: 'mutated' }),
  },
  {
    mnemonic: ALL_WORDS,
    ask: async (device) => toHex(await utxoDevice(device).sign(PAYMENT)),
    expected: async () => toHex(signDraft(PAYMENT.draft, keysOf(ALL))),
  },
];

type Link = Parameters<typeof openOneKey>[0]['link'];

const openOver = (link: Link): OneKey => openOneKey({ link, person: NOBODY, after: () => () => undefined });

/** What the device says, message by message. */
async function recordAnswers({ ask, mnemonic }: Conversation): Promise<readonly Message[]> {
  const mini = simulate(mnemonic === undefined ? {} : { mnemonic });
  const answers: Message[] = [];
  const queue: Message[] = [];
  mini.onMessage((message) => {
    answers.push(message);
    queue.push(message);
  });
  const receive = async (): Promise<Message> => {
    for (;;) {
      const message = queue.shift();
      if (message) return message;
      await Promise.resolve();
    }
  };
  await ask(openOver({ send: async (message) => mini.receive(message), receive, close: async () => undefined }));
  return answers;
}

interface Recorded extends Pick<Conversation, 'ask'> {
  readonly answers: readonly Message[];
  /** The answer that software makes. */
  readonly right: string;
}

interface Mutation {
  /** Which answer. */
  readonly place: number;
  /** Which of its reports, and which byte of it. */
  readonly at: number;
  readonly mask: number;
}

/** Plays the recorded answers back, broken in one place; when they are used up, the cable is gone. */
async function playMutated({ ask, answers, right }: Recorded, { place, at, mask }: Mutation): Promise<void> {
  const reports = answers.flatMap((answer, index) => {
    const own = toReports(answer);
    if (index !== place % answers.length) return own;
    const report = own[at % own.length];
    if (report) report[at % report.length] = (report[at % report.length] ?? 0) ^ mask;
    return own;
  });
  const read = async () => {
    const report = reports.shift();
    if (!report) throw new WalletError('device-disconnected');
    return report;
  };
  const link = { send: async () => undefined, receive: () => readMessage(read), close: async () => undefined };
  const answer = await ask(openOver(link)).catch((error: unknown) => {
    expect(error).toBeInstanceOf(WalletError);
    return undefined;
  });
  if (answer !== undefined) expect(answer).toBe(right);
}

/** @param runs of each conversation */
export async function checkMutations(runs: number): Promise<void> {
  for (const conversation of CONVERSATIONS) {
    const answers = await recordAnswers(conversation);
    const recorded = { ask: conversation.ask, answers, right: await conversation.expected() };
    expect(answers.length).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ place: fc.nat(), at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) }),
        (mutation) => playMutated(recorded, mutation),
      ),
      { numRuns: runs },
    );
  }
}
