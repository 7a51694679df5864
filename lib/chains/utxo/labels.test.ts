import { describe, expect, it } from 'vitest';
import { type LabelRecord, readLabels, writeLabels } from './labels';

const TXID = 'f91d0a8a78462bc59398f2c5d7a84fcff491c26ba54c4833478b202796c8aafd';
/** The test vectors of BIP-329. */
const VECTORS = `{ "type": "tx", "ref": "${TXID}", "label": "Transaction" }
{ "type": "addr", "ref": "bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c", "label": "Address" }
{ "type": "pubkey", "ref": "0283409659355b6d1cc3c32decd5d561abaac86c37a353b52895a5e6c196d6f448", "label": "Public Key" }
{ "type": "input", "ref": "${TXID}:0", "label": "Input" }
{ "type": "output", "ref": "${TXID}:1", "label": "Output" }
{ "type": "xpub", "ref": "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8", "label": "Extended Public Key" }
`;
const reason = (text: string) => {
  try {
    readLabels(text, 80);
    return 'nothing';
  } catch (error) {
    const { code, details } = error as { code: string; details: { reason: string; place?: number } };
    return [code, details.reason, details.place].filter((part) => part !== undefined).join(' ');
  }
};
const labelOf = (label: unknown, longest = 80) =>
  readLabels(JSON.stringify({ type: 'tx', ref: TXID, label }), longest).records[0]?.label;

describe('labels of BIP-329', () => {
  it('of its test vectors are read, and other types are counted', () => {
    const { records, others } = readLabels(VECTORS, 80);
    expect(records.map(({ type, ref, label }) => [type, ref, label])).toEqual([
      ['tx', TXID, 'Transaction'],
      ['addr', 'bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c', 'Address'],
      ['output', `${TXID}:1`, 'Output'],
    ]);
    expect(others).toBe(3);
  });

  it('come back as they were written', () => {
    const origin = "wpkh([d34db33f/84'/0'/0'])";
    const records: LabelRecord[] = [
      { type: 'tx', ref: TXID, label: 'Rent, "May"', origin },
      { type: 'output', ref: `${TXID}:0`, label: '', spendable: false, origin },
      {
        type: 'addr',
        ref: 'bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c',
        label: '房租 €',
        spendable: undefined,
        origin,
      },
    ];
    const text = writeLabels(records);
    expect(text.trimEnd().split('\n')).toHaveLength(3);
    expect(readLabels(text, 80)).toEqual({ records, others: 0 });
    expect(writeLabels([])).toBe('');
  });

  it('may have empty lines, those of other systems, and fields that nobody knows here', () => {
    const line = JSON.stringify({ type: 'output', ref: `${TXID}:0`, spendable: true, height: 5, fmv: { USD: 1 } });
    expect(readLabels(`\r\n${line}\r\n\n`, 80).records).toEqual([
      { type: 'output', ref: `${TXID}:0`, label: '', spendable: true, origin: undefined },
    ]);
  });

  it('are shortened, and stay on a line and in their direction', () => {
    expect(labelOf('x'.repeat(200))).toBe('x'.repeat(80));
    // A cut through what is written in two halves, and what came as a half.
    expect(labelOf(`${'x'.repeat(79)}🏠`)).toBe('x'.repeat(79));
    expect(labelOf(`${'x'.repeat(78)}🏠`)).toBe(`${'x'.repeat(78)}🏠`);
    expect(labelOf('a\ud83cb')).toBe('a b');
    expect(labelOf('two\nlines\u0000')).toBe('two lines');
    expect(labelOf('a\u202eb\u2066c')).toBe('a b c');
    expect(labelOf('   ')).toBe('');
    expect(labelOf(null)).toBe('');
  });

  it.each([
    ['nothing', '', 'bad-labels malformed 0'],
    ['no JSON', 'label,ref', 'bad-labels malformed 0'],
    ['one line that is none', `${VECTORS}no`, 'bad-labels malformed 6'],
    ['a list', '[]', 'bad-labels malformed 0'],
    ['no reference', '{"type":"tx","label":"x"}', 'bad-labels malformed 0'],
    ['a label that is a number', `{"type":"tx","ref":"${TXID}","label":5}`, 'bad-labels malformed 0'],
    ['a word where a yes or no is meant', `{"type":"output","ref":"a","spendable":"false"}`, 'bad-labels malformed 0'],
    ['a reference without end', JSON.stringify({ type: 'tx', ref: 'a'.repeat(201) }), 'bad-labels malformed 0'],
    ['lines without end', '{"type":"tx","ref":"a"}\n'.repeat(10_001), 'bad-labels too-many'],
  ])('with %s are refused as a whole', (_, text, expected) => {
    expect(reason(text)).toBe(expected);
  });
});
