/**
 * `SignTx` in the order of the Trezor One's firmware: all inputs, all outputs with their screens, the fee, every previous
 * transaction, then the signatures. A p2pkh input without a fork id is signed over all inputs and outputs asked anew.
 */
import { addressOfScript, scriptOfAddress, scripts } from '../utxo/addresses';
import type { Chain } from '../utxo/chains';
import {
  baseBytes,
  double,
  inputBytes,
  type Output,
  outputBytes,
  type Spent,
  size,
  sized,
  u32,
} from '../utxo/transactions';
import { hash160, INPUT, type InputKind, ownScript, type Unlocked, unlock } from './bitcoin';
import { type BitcoinTurn, bad, chainOf, checkPath, kindOf } from './bitcoin-paths';
import { inputOf, numberOf, openQuestions, partOf, type Questions, REQUEST, readPrevious } from './bitcoin-questions';
import { deriveNode, keyOf, type Seed } from './ethereum';
import { BUTTON, FAILURE } from './numbers';
import { Aborted } from './prompts';
import type { Fields } from './wire';

interface OwnInput extends Spent {
  readonly kind: InputKind;
  readonly path: readonly number[];
  readonly key: Uint8Array;
}

interface AskedOutput extends Output {
  readonly isChange: boolean;
}

interface Job {
  readonly chain: Chain;
  readonly turn: BitcoinTurn;
  readonly seed: Seed;
  readonly questions: Questions;
  readonly header: { readonly version: number; readonly lockTime: number };
}

const CHANGE_KIND: Readonly<Record<number, InputKind>> = {
  0: INPUT.p2pkh,
  4: INPUT.p2wpkh,
  5: INPUT.p2shP2wpkh,
  6: INPUT.p2tr,
};
const OP_RETURN_TYPE = 3;
const MAX_DATA = 150;
const MAX_INPUTS = 512;
/** More of them are asked about, since each hides an amount from the screen. */
const SILENT_CHANGES = 2;
const MAX_CHANGE_INDEX = 1_000_000n;

const changed = (): Aborted => new Aborted([FAILURE.processError, 'Transaction has changed during signing']);

export async function signTransaction(turn: BitcoinTurn): Promise<void> {
  const { fields, line } = turn;
  const chain = chainOf(fields.text(3));
  const [outputsCount, inputsCount] = [numberOf(fields, 1), numberOf(fields, 2)];
  if (inputsCount === 0 || inputsCount > MAX_INPUTS || outputsCount === 0)
    throw bad('Transaction has no inputs or outputs');
  const header = { version: numberOf(fields, 4, 1), lockTime: numberOf(fields, 5) };
  const job: Job = { chain, turn, seed: await turn.seed(), questions: openQuestions(line), header };
  const inputs: OwnInput[] = [];
  const outputs: AskedOutput[] = [];
  for (let at = 0; at < inputsCount; at += 1) inputs.push(await askInput(job, at));
  for (let at = 0; at < outputsCount; at += 1) outputs.push(await askOutput(job, inputs, at));
  await confirmWhole(job, inputs, outputs);
  await checkPrevious(job, inputs);
  await lieInQuestions(job);
  await giveSigned(job, inputs, outputs);
  job.questions.finish();
}

async function askInput({ questions, chain, seed, turn }: Job, index: number): Promise<OwnInput> {
  const part = partOf(await questions.ask(REQUEST.input, { index }), 2);
  const kind = kindOf(chain, part.numbers(6)[0]);
  const path = part.numbers(1).map(Number);
  const [amount] = part.numbers(8);
  if (amount === undefined) throw bad('Expected input with amount');
  if (!turn.anyPath) checkPath(chain, kind, path);
  const key = keyOf(deriveNode(seed, path));
  return { ...inputOf(part), amount, kind, path, key, script: ownScript(kind, key) };
}

async function askOutput(job: Job, inputs: readonly OwnInput[], index: number): Promise<AskedOutput> {
  const output = outputOf(job, partOf(await job.questions.ask(REQUEST.output, { index }), 5), inputs);
  const { chain, turn } = job;
  if (!output.isChange) {
    const to = addressOfScript(chain, output.script) ?? Buffer.from(output.script).toString('hex');
    await turn.line.confirm(BUTTON.confirmOutput, 'Send', [amountText(chain, output.amount), to]);
  }
  return output;
}

function outputOf(job: Job, part: Fields, inputs: readonly OwnInput[]): AskedOutput {
  const { chain } = job;
  const [amount = 0n] = part.numbers(3);
  const path = part.numbers(2);
  const address = part.text(1);
  if (path.length > 0 && address !== undefined) throw bad('Both address and address_n provided');
  if (path.length > 0) return ownOutput(job, { part, path, amount, inputs });
  if (numberOf(part, 4) === OP_RETURN_TYPE) {
    const data = part.bytes(6) ?? Buffer.alloc(0);
    if (amount !== 0n || data.length > MAX_DATA) throw bad('OP_RETURN output with non-zero amount');
    const push = data.length < 76 ? [data.length] : [0x4c, data.length];
    return { amount, script: Buffer.concat([Buffer.of(0x6a, ...push), data]), isChange: false };
  }
  const script = scriptOfAddress(chain, address ?? '');
  if (!script) throw new Aborted([FAILURE.processError, 'Failed to compile output']);
  return { amount, script, isChange: false };
}

interface OwnAsked {
  readonly part: Fields;
  readonly path: readonly bigint[];
  readonly amount: bigint;
  readonly inputs: readonly OwnInput[];
}

/** Change only if it goes back to the account that every input is of, to one of its own change addresses. */
function ownOutput({ chain, seed, turn }: Job, { part, path, amount, inputs }: OwnAsked): AskedOutput {
  const kind = CHANGE_KIND[numberOf(part, 4)];
  if (kind === undefined) throw bad('Invalid script type');
  const steps = path.map(Number);
  if (!turn.anyPath) checkPath(chain, kind, steps);
  const account = steps.slice(0, 3).join();
  const isOne = inputs.every((input) => input.path.slice(0, 3).join() === account && input.kind === kind);
  const isChange = isOne && path.length === 5 && (path[3] ?? 0n) <= 1n && (path[4] ?? 0n) <= MAX_CHANGE_INDEX;
  return { amount, script: ownScript(kind, keyOf(deriveNode(seed, steps))), isChange };
}

const amountText = ({ shortcut }: Chain, amount: bigint): string => {
  const digits = amount.toString().padStart(9, '0');
  const fraction = digits.slice(-8).replace(/0+$/, '');
  return `${digits.slice(0, -8)}${fraction === '' ? '' : `.${fraction}`} ${shortcut}`;
};

const sum = (parts: readonly { readonly amount: bigint }[]): bigint =>
  parts.reduce((total, { amount }) => total + amount, 0n);

async function confirmWhole(
  { chain, turn, header }: Job,
  inputs: readonly OwnInput[],
  outputs: readonly AskedOutput[],
) {
  const { line } = turn;
  const fee = sum(inputs) - sum(outputs);
  if (fee < 0n) throw new Aborted([FAILURE.notEnoughFunds, 'Not enough funds']);
  const roughly = BigInt(inputs.length * 100 + outputs.length * 34);
  if (fee * 1000n > chain.maxFeePerKb * roughly)
    await line.confirm(BUTTON.feeOverThreshold, 'The fee is unexpectedly high', [amountText(chain, fee)]);
  if (outputs.filter(({ isChange }) => isChange).length > SILENT_CHANGES)
    await line.confirm(BUTTON.signTx, 'There are many change outputs', []);
  if (header.lockTime !== 0) await line.confirm(BUTTON.signTx, 'Locktime', [String(header.lockTime)]);
  const spent = sum(inputs) - sum(outputs.filter(({ isChange }) => isChange));
  await line.confirm(BUTTON.signTx, 'Total', [amountText(chain, spent), amountText(chain, fee)]);
}

/** Amounts are believed of a transaction whose id they are part of, and of no host. Not needed where all is p2tr. */
async function checkPrevious(job: Job, inputs: readonly OwnInput[]): Promise<void> {
  if (inputs.every(({ kind }) => kind === INPUT.p2tr)) return;
  for (const [at, input] of inputs.entries()) {
    await askedAgain(job, inputs, at);
    const { header, inputs: ins, outputs, extraData } = await readPrevious(job.questions, input.prevHash);
    const id = Buffer.from(double(baseBytes(header, ins, outputs, extraData))).reverse();
    if (!id.equals(input.prevHash)) throw bad('Encountered invalid prevhash');
    const output = outputs[input.prevIndex];
    if (!output) throw bad('Not enough outputs in previous transaction.');
    if (output.amount !== input.amount) throw bad('Invalid amount specified');
    if (!Buffer.from(output.script).equals(input.script)) throw bad('Input does not match scriptPubKey');
  }
}

/** A host that says something else the second time is stopped. */
async function askedAgain(job: Job, inputs: readonly OwnInput[], at: number): Promise<void> {
  const [before, now] = [inputs[at], await askInput(job, at)];
  const same = before && inputBytes(before).equals(inputBytes(now)) && before.amount === now.amount;
  if (!same || before.path.join() !== now.path.join()) throw changed();
}

async function outputsAgain(job: Job, inputs: readonly OwnInput[], outputs: readonly AskedOutput[], at: number) {
  const now = outputOf(job, partOf(await job.questions.ask(REQUEST.output, { index: at }), 5), inputs);
  const before = outputs[at];
  if (!before || !outputBytes(before).equals(outputBytes(now))) throw changed();
}

async function giveSigned(job: Job, inputs: readonly OwnInput[], outputs: readonly AskedOutput[]): Promise<void> {
  const { chain, header, questions } = job;
  const signed = { header, inputs: lyingInputs(job, inputs), outputs: lyingOutputs(job, outputs) };
  const hasWitness = inputs.some(({ kind }) => kind !== INPUT.p2pkh);
  const unlocked: Unlocked[] = [];
  const start = Buffer.concat([
    u32(header.version),
    hasWitness ? Buffer.of(0, 1) : Buffer.alloc(0),
    size(inputs.length),
  ]);
  for (const [at, input] of inputs.entries()) {
    if (input.kind === INPUT.p2pkh && chain.forkId === undefined) {
      for (const index of inputs.keys()) await askedAgain(job, inputs, index);
      for (const index of outputs.keys()) await outputsAgain(job, inputs, outputs, index);
    } else await askedAgain(job, inputs, at);
    const one = unlock(chain, signed, at, keysOf(job, input));
    unlocked.push(one);
    const bytes = inputBytes({ ...(signed.inputs[at] ?? input), scriptSig: one.scriptSig });
    const signature = input.kind === INPUT.p2pkh ? { signatureIndex: at, signature: one.signature } : {};
    questions.give({ ...signature, serializedTx: at === 0 ? Buffer.concat([start, bytes]) : bytes });
  }
  for (const [at, output] of signed.outputs.entries()) {
    if (at < outputs.length) await outputsAgain(job, inputs, outputs, at);
    const count = at === 0 ? size(signed.outputs.length) : Buffer.alloc(0);
    questions.give({ serializedTx: Buffer.concat([count, outputBytes(output)]) });
  }
  for (const [at, { witness, signature }] of hasWitness ? unlocked.entries() : []) {
    await askedAgain(job, inputs, at);
    const piece = witness.length > 0 ? { signatureIndex: at, signature } : {};
    questions.give({ ...piece, serializedTx: Buffer.concat([size(witness.length), ...witness.map(sized)]) });
  }
  const end = u32(header.lockTime);
  questions.give({ serializedTx: job.turn.lies.bitcoin === 'cut' ? end.subarray(1) : end });
}

function keysOf({ turn }: Job, { kind, key }: OwnInput) {
  return { kind, key, ...(turn.lies.otherKey ? { signWith: key.toReversed() } : {}) };
}

function lyingInputs({ turn }: Job, inputs: readonly OwnInput[]): readonly OwnInput[] {
  const { bitcoin } = turn.lies;
  return bitcoin === 'other-sequence' ? inputs.map((input) => ({ ...input, sequence: input.sequence - 1 })) : inputs;
}

/** All that a device could do with the money of somebody who has confirmed something else. */
function lyingOutputs({ turn }: Job, outputs: readonly AskedOutput[]): readonly AskedOutput[] {
  const script = scripts.p2pkh(hash160(Buffer.from('somebody else')));
  switch (turn.lies.bitcoin) {
    case 'pays-another':
      return outputs.map((output) => (output.isChange ? output : { ...output, script }));
    case 'takes-change':
      return outputs.map((output) => (output.isChange ? { ...output, script } : output));
    case 'larger-fee':
      return outputs.map((output, at) => (at === 0 ? { ...output, amount: output.amount - 1_000n } : output));
    case 'drops-output':
      return outputs.slice(1);
    case 'adds-output':
      return [...outputs, { amount: 0n, script, isChange: false }];
    default:
      return outputs;
  }
}

/** Questions that no honest device asks. */
async function lieInQuestions({ turn, questions }: Job): Promise<void> {
  const hash = Buffer.alloc(32, 7);
  switch (turn.lies.bitcoin) {
    case 'endless':
      for (;;) await questions.ask(REQUEST.input, { index: 0 });
    case 'no-such-input':
      await questions.ask(REQUEST.input, { index: 999 });
      return;
    case 'other-previous':
      await questions.ask(REQUEST.meta, { hash });
      return;
    case 'unknown-question':
      await questions.ask(7, { index: 0 });
      return;
    case 'nothing':
      questions.finish();
      return;
    default:
  }
}
