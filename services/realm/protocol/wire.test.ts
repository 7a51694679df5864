import { decode, encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { encodeRequest, makeRegistration, random, randomPoint, requestValue } from '../testing/device';
import { decodeRequest, encodeResponse, MalformedRequest, type SecretsRequest } from './wire';

const registration = makeRegistration(8);
const requests: SecretsRequest[] = [
  { kind: 'Register1' },
  { kind: 'Recover1' },
  { kind: 'Delete' },
  { kind: 'Register2', registration },
  { kind: 'Recover2', version: random(16), blindedInput: randomPoint() },
  { kind: 'Recover3', version: random(16), unlockKeyTag: random(16) },
];
const inOrder = { mapSorter: () => 0 };
const refuses = (body: Uint8Array): void => {
  expect(() => decodeRequest(body), toHex(body)).toThrow(MalformedRequest);
};

describe('decodeRequest', () => {
  it('reads every request, each of the size that the SDK sends', () => {
    const sizes = requests.map((request) => {
      const body = encodeRequest(request);
      expect(decodeRequest(body)).toEqual(request);
      return body.length;
    });
    expect(sizes).toEqual([10, 9, 7, 663, 89, 68]);
  });

  it('reads the published encodings', () => {
    expect(decodeRequest(fromHex('69526567697374657231'))).toEqual({ kind: 'Register1' });
    const recover3 = decodeRequest(
      fromHex(
        'a1685265636f76657233a26776657273696f6e50050a9dab91f63676be18d118949c1b4f6e756e6c6f636b5f6b65795f7461675090ad6dd4d63b99d06b6d3eb8d08f5b1d',
      ),
    );
    expect(recover3).toEqual({
      kind: 'Recover3',
      version: fromHex('050a9dab91f63676be18d118949c1b4f'),
      unlockKeyTag: fromHex('90ad6dd4d63b99d06b6d3eb8d08f5b1d'),
    });
  });

  it('reads the keys of a map in any order', () => {
    const version = random(16);
    const blindedInput = randomPoint();
    const body = encode({ Recover2: { oprf_blinded_input: blindedInput, version } }, inOrder);
    expect(decodeRequest(body)).toEqual({ kind: 'Recover2', version, blindedInput });
  });

  it('refuses every truncation and every byte behind', () => {
    for (const request of requests) {
      const body = encodeRequest(request);
      for (let length = 0; length < body.length; length++) refuses(body.slice(0, length));
      refuses(Uint8Array.of(...body, 0));
      refuses(Uint8Array.of(...body, ...body));
    }
  });

  it('refuses random bytes and random CBOR, with no other error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2048 }), refuses));
    const value = fc.object({
      withBigInt: false,
      withNullPrototype: false,
      values: [fc.string(), fc.uint8Array(), fc.integer()],
    });
    fc.assert(fc.property(value, (object) => refuses(encode(object))));
  });

  it('reads a request with a flipped bit as another valid one or refuses it', () => {
    const whole = fc.constantFrom(...requests.map(encodeRequest));
    fc.assert(
      fc.property(whole, fc.nat(), fc.integer({ min: 0, max: 7 }), (body, at, bit) => {
        const flipped = Uint8Array.from(body);
        const index = at % body.length;
        flipped[index] = (body[index] ?? 0) ^ (1 << bit);
        try {
          expect(toHex(encodeRequest(decodeRequest(flipped)))).toBe(toHex(flipped));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedRequest);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses deep nesting within the largest body', () => {
    refuses(new Uint8Array(2048).fill(0x81));
    refuses(new Uint8Array(2048).fill(0xa1));
    refuses(Uint8Array.of(0x9b, ...new Uint8Array(8).fill(0xff)));
  });

  it.each<[string, string]>([
    ['an integer in place of the request', '01'],
    ['an unknown variant', '69526567697374657233'],
    ['a variant in the wrong case', '6664656c657465'],
    ['a unit variant with a payload', 'a16644656c657465f6'],
    ['a variant that needs a payload without one', '685265636f76657232'],
    ['null', 'f6'],
    ['an empty map', 'a0'],
    ['two variants', 'a26644656c657465f6685265636f76657231f6'],
    ['a length longer than needed', '780644656c657465'],
    ['an indefinite string', '7f6644656c657465ff'],
    ['a tag', 'c06644656c657465'],
    ['an array', '816644656c657465'],
  ])('refuses %s', (_what, body) => {
    refuses(fromHex(body));
  });
});

describe('the fields of Register2', () => {
  type Fields = Record<string, unknown>;
  const broken = (change: (fields: Fields) => void): Uint8Array => {
    const fields = structuredClone(Object.values(requestValue({ kind: 'Register2', registration }))[0]) as Fields;
    change(fields);
    return encode({ Register2: fields }, inOrder);
  };

  it('must all be there, and nothing else', () => {
    const names = Object.keys(decode(broken(() => undefined)).Register2);
    expect(names).toHaveLength(9);
    for (const name of names) {
      refuses(broken((fields) => delete fields[name]));
      refuses(broken((fields) => Object.assign(fields, { [name]: null })));
    }
    refuses(broken((fields) => Object.assign(fields, { more: 1 })));
  });

  it('must have their exact lengths', () => {
    for (const [name, value] of Object.entries(decode(broken(() => undefined)).Register2)) {
      if (!(value instanceof Uint8Array)) continue;
      for (const length of [0, value.length - 1, value.length + 1]) {
        refuses(broken((fields) => Object.assign(fields, { [name]: new Uint8Array(length) })));
      }
    }
  });

  it('must be canonical scalars and points', () => {
    const tooLarge = new Uint8Array(32).fill(0xff);
    refuses(broken((fields) => Object.assign(fields, { oprf_private_key: tooLarge })));
    refuses(broken((fields) => Object.assign(fields, { oprf_private_key: new Uint8Array(32) })));
    refuses(broken((fields) => Object.assign(fields, { encryption_key_scalar_share: tooLarge })));
    for (const point of [tooLarge, new Uint8Array(32)]) {
      refuses(broken((fields) => Object.assign(fields.oprf_signed_public_key as Fields, { public_key: point })));
      refuses(encodeRequest({ kind: 'Recover2', version: random(16), blindedInput: point }));
    }
  });

  it('take 0 to 65535 guesses, as an integer', () => {
    const withGuesses = (num_guesses: unknown) =>
      broken((fields) => Object.assign(fields, { policy: { num_guesses } }));
    for (const guesses of [0, 1, 23, 24, 255, 256, 65_535]) {
      expect(decodeRequest(withGuesses(guesses))).toMatchObject({ registration: { numGuesses: guesses } });
    }
    for (const guesses of [-1, 65_536, 2 ** 40, 2n ** 64n - 1n, 1.5, '8', true, null]) refuses(withGuesses(guesses));
    const asFloat = toHex(withGuesses(8)).replace(/08$/, 'f94800');
    refuses(fromHex(asFloat));
  });
});

describe('encodeResponse', () => {
  it('writes the published bytes', () => {
    const hex = (response: Parameters<typeof encodeResponse>[0]) => toHex(encodeResponse(response));
    expect(hex({ kind: 'Register1', status: 'Ok' })).toBe('a169526567697374657231624f6b');
    expect(hex({ kind: 'Recover1', status: 'NoGuesses' })).toBe('a1685265636f76657231694e6f47756573736573');
  });

  it('writes payloads of the sizes that the SDK expects, keys in their order', () => {
    const recover2 = encodeResponse({
      kind: 'Recover2',
      status: 'Ok',
      oprfSignedPublicKey: registration.oprfSignedPublicKey,
      blindedResult: random(32),
      proof: { c: random(32), betaZ: random(32) },
      unlockKeyCommitment: random(32),
      numGuesses: 8,
      guessCount: 1,
    });
    expect(recover2).toHaveLength(433);
    expect(Object.keys(decode(recover2).Recover2.Ok)).toEqual([
      'oprf_signed_public_key',
      'oprf_blinded_result',
      'oprf_proof',
      'unlock_key_commitment',
      'num_guesses',
      'guess_count',
    ]);
    const { encryptionKeyScalarShare, encryptedSecret, encryptedSecretCommitment } = registration;
    const shares = { encryptionKeyScalarShare, encryptedSecret, encryptedSecretCommitment };
    expect(encodeResponse({ kind: 'Recover3', status: 'Ok', ...shares })).toHaveLength(288);
    expect(encodeResponse({ kind: 'Recover1', status: 'Ok', version: random(16) })).toHaveLength(40);
    const bad = encodeResponse({ kind: 'Recover3', status: 'BadUnlockKeyTag', guessesRemaining: 7 });
    expect(decode(bad)).toEqual({ Recover3: { BadUnlockKeyTag: { guesses_remaining: 7 } } });
  });
});
