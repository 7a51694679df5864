/** Answers of a device with bits and bytes changed: whatever comes, it is an answer or a typed error, and never a hang. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Message, toReports } from '@/e2e/simulators/onekey-mini/wire';
import { WalletError } from '@/lib/errors';
import { openOneKey } from '../onekey/signer';
import { NOBODY } from '../person';
import { readMessage } from '../wire/framing';
import { ACCOUNT, PATH, SOFTWARE, simulate } from './place';

/** What the device says when it is asked to sign, message by message. */
async function recordAnswers(): Promise<readonly Message[]> {
  const mini = simulate();
  const answers: Message[] = [];
  let waiting: ((message: Message) => void) | undefined;
  mini.onMessage((message) => {
    answers.push(message);
    waiting?.(message);
  });
  const queue: Message[] = [];
  waiting = (message) => queue.push(message);
  const receive = async (): Promise<Message> => {
    for (;;) {
      const message = queue.shift();
      if (message) return message;
      await Promise.resolve();
    }
  };
  const link = { send: async (message: Message) => mini.receive(message), receive, close: async () => undefined };
  await signWith(link);
  return answers;
}

type Link = Parameters<typeof openOneKey>[0]['link'];

function signWith(link: Link): Promise<`0x${string}`> {
  const signer = openOneKey({ link, person: NOBODY, after: () => () => undefined });
  return signer.signMessage({ ...ACCOUNT, path: PATH }, new TextEncoder().encode('mutated'), 1);
}

interface Recorded {
  readonly answers: readonly Message[];
  /** The signature that software makes. */
  readonly expected: string;
}

interface Mutation {
  /** Which answer. */
  readonly place: number;
  /** Which of its reports, and which byte of it. */
  readonly at: number;
  readonly mask: number;
}

/** Plays the recorded answers back, broken in one place; when they are used up, the cable is gone. */
async function playMutated({ answers, expected }: Recorded, { place, at, mask }: Mutation): Promise<void> {
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
  const signature = await signWith(link).catch((error: unknown) => {
    expect(error).toBeInstanceOf(WalletError);
    return undefined;
  });
  if (signature !== undefined) expect(signature).toBe(expected);
}

export async function checkMutations(runs: number): Promise<void> {
  const answers = await recordAnswers();
  const expected = await SOFTWARE.signMessage({ message: 'mutated' });
  expect(answers.length).toBeGreaterThan(3);
  await fc.assert(
    fc.asyncProperty(fc.record({ place: fc.nat(), at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) }), (mutation) =>
      playMutated({ answers, expected }, mutation),
    ),
    { numRuns: runs },
  );
}
