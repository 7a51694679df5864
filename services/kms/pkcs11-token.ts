/** Sessions at a PKCS#11 token, each used by one request at a time, and the error codes of the standard as ours. */
import type { Handle, PKCS11, Template } from 'pkcs11js';
import { KEY_BYTES, refused, TAG_BYTES } from '@/services/kms/aead';
import { KmsError } from '@/services/kms/key-provider';

export interface TokenOptions {
  /** Path of the token's library, such as `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  /** The user PIN. */
  readonly pin: string;
}

interface GcmInput {
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
}

export interface Pkcs11Session {
  find(label: string): { id: string; handle: Handle }[];
  generate(label: string, id: string): void;
  rename(key: Handle, label: string): void;
  /** Ciphertext and tag. */
  encrypt(key: Handle, input: GcmInput, plaintext: Uint8Array): Promise<Uint8Array>;
  decrypt(key: Handle, input: GcmInput, ciphertextAndTag: Uint8Array): Promise<Uint8Array>;
}

export interface Token {
  /** Runs `work` with a session of its own. @throws KmsError */
  use<Result>(work: (session: Pkcs11Session) => Promise<Result>): Promise<Result>;
  close(): void;
}

type Module = typeof import('pkcs11js');

/** As many as may be at work in the thread pool of Node. */
const MAX_SESSIONS = 4;
/** What tokens say when tag, key or data do not fit: GENERAL_ERROR (SoftHSM), DATA_INVALID, ENCRYPTED_DATA_*, AEAD. */
const MISFITS = new Set([0x05, 0x20, 0x21, 0x40, 0x41, 0x42]);
const ALREADY_INITIALIZED = 0x191;
const ALREADY_LOGGED_IN = 0x100;

/** @throws KmsError `misconfigured` */
export async function openToken({ module, token, pin }: TokenOptions): Promise<Token> {
  const library = await loadLibrary();
  const pkcs11 = new library.PKCS11();
  const slot = findSlot(library, pkcs11, module, token);
  const idle: Handle[] = [];
  const waiting: (() => void)[] = [];
  let open = 0;

  const openSession = (): Handle => {
    const session = pkcs11.C_OpenSession(slot, library.CKF_SERIAL_SESSION | library.CKF_RW_SESSION);
    try {
      pkcs11.C_Login(session, library.CKU_USER, pin);
    } catch (error) {
      if (codeOf(error) !== ALREADY_LOGGED_IN) {
        quietly(() => pkcs11.C_CloseSession(session));
        throw error;
      }
    }
    return session;
  };
  const take = async (): Promise<Handle> => {
    while (idle.length === 0 && open >= MAX_SESSIONS) await new Promise<void>((resolve) => waiting.push(resolve));
    const free = idle.pop();
    if (free !== undefined) return free;
    open += 1;
    try {
      return openSession();
    } catch (error) {
      open -= 1;
      throw asKmsError(error);
    }
  };
  /** A session in which something else than a misfit happened may be dead: the next one is new. */
  const giveBack = (session: Handle, isSound: 'sound' | 'suspect') => {
    if (isSound === 'sound') idle.push(session);
    else {
      open -= 1;
      quietly(() => pkcs11.C_CloseSession(session));
    }
    waiting.shift()?.();
  };

  const opened: Token = {
    async use(work) {
      const session = await take();
      try {
        const result = await work(sessionOf(library, pkcs11, session));
        giveBack(session, 'sound');
        return result;
      } catch (error) {
        const known = asKmsError(error);
        giveBack(session, known.code === 'unavailable' ? 'suspect' : 'sound');
        throw known;
      }
    },
    close: () => {
      for (const session of idle.splice(0)) quietly(() => pkcs11.C_CloseSession(session));
      quietly(() => pkcs11.close());
    },
  };
  await opened.use(async () => undefined).catch(cannot(`The token ${token} takes no session with this PIN.`));
  return opened;
}

/** An optional package: it compiles native code when it is installed. */
async function loadLibrary(): Promise<Module> {
  const loaded = await import('pkcs11js').catch(cannot('pkcs11js is not installed; it needs a C++ compiler: npm ci'));
  return 'default' in loaded ? (loaded.default as Module) : loaded;
}

function findSlot(library: Module, pkcs11: PKCS11, module: string, token: string): Buffer {
  try {
    pkcs11.load(module);
    initialize(library, pkcs11);
    const slots = pkcs11.C_GetSlotList(true);
    const slot = slots.find((each) => pkcs11.C_GetTokenInfo(each).label.trim() === token);
    if (slot !== undefined) return slot;
  } catch (cause) {
    throw new KmsError('misconfigured', `The PKCS#11 module ${module} cannot be used.`, cause);
  }
  throw new KmsError('misconfigured', `The PKCS#11 module ${module} shows no token labelled ${token}.`);
}

function initialize(library: Module, pkcs11: PKCS11): void {
  try {
    pkcs11.C_Initialize({ flags: library.CKF_OS_LOCKING_OK });
  } catch (error) {
    if (codeOf(error) !== ALREADY_INITIALIZED) throw error;
  }
}

function sessionOf(library: Module, pkcs11: PKCS11, session: Handle): Pkcs11Session {
  const gcm = ({ iv, aad }: GcmInput) => ({
    mechanism: library.CKM_AES_GCM,
    parameter: {
      type: library.CK_PARAMS_AES_GCM,
      iv: Buffer.from(iv),
      ivBits: iv.length * 8,
      aad: Buffer.from(aad),
      tagBits: TAG_BYTES * 8,
    },
  });
  const secretKey = (label: string): Template => [
    { type: library.CKA_CLASS, value: library.CKO_SECRET_KEY },
    { type: library.CKA_KEY_TYPE, value: library.CKK_AES },
    { type: library.CKA_LABEL, value: label },
  ];
  const idOf = (handle: Handle) => {
    const [attribute] = pkcs11.C_GetAttributeValue(session, handle, [{ type: library.CKA_ID }]);
    return Buffer.isBuffer(attribute?.value) ? attribute.value.toString('latin1') : '';
  };
  return {
    find: (label) => {
      pkcs11.C_FindObjectsInit(session, secretKey(label));
      try {
        return pkcs11.C_FindObjects(session, 1024).map((handle) => ({ id: idOf(handle), handle }));
      } finally {
        pkcs11.C_FindObjectsFinal(session);
      }
    },
    generate: (label, id) => {
      pkcs11.C_GenerateKey(session, { mechanism: library.CKM_AES_KEY_GEN }, [
        ...secretKey(label),
        { type: library.CKA_ID, value: Buffer.from(id, 'latin1') },
        { type: library.CKA_VALUE_LEN, value: KEY_BYTES },
        { type: library.CKA_TOKEN, value: true },
        { type: library.CKA_PRIVATE, value: true },
        { type: library.CKA_SENSITIVE, value: true },
        { type: library.CKA_EXTRACTABLE, value: false },
        { type: library.CKA_ENCRYPT, value: true },
        { type: library.CKA_DECRYPT, value: true },
      ]);
    },
    rename: (key, label) => pkcs11.C_SetAttributeValue(session, key, [{ type: library.CKA_LABEL, value: label }]),
    encrypt: async (key, input, plaintext) => {
      pkcs11.C_EncryptInit(session, gcm(input), key);
      const room = Buffer.alloc(plaintext.length + TAG_BYTES);
      return new Uint8Array(await pkcs11.C_EncryptAsync(session, Buffer.from(plaintext), room));
    },
    decrypt: async (key, input, ciphertextAndTag) => {
      pkcs11.C_DecryptInit(session, gcm(input), key);
      const room = Buffer.alloc(ciphertextAndTag.length);
      const opened = await pkcs11.C_DecryptAsync(session, Buffer.from(ciphertextAndTag), room);
      const bytes = new Uint8Array(opened);
      room.fill(0);
      return bytes;
    },
  };
}

const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;

function asKmsError(error: unknown): KmsError {
  if (error instanceof KmsError) return error;
  const code = codeOf(error);
  if (code !== undefined && MISFITS.has(code)) return refused();
  return new KmsError('unavailable', 'The PKCS#11 token does not do what it is asked.', error);
}

function cannot(message: string): (cause: unknown) => never {
  return (cause) => {
    throw new KmsError('misconfigured', message, cause);
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // It is being given up anyway.
  }
}
