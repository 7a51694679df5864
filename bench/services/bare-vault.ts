/**
 * The peer of a release: the same statements on the same tables and the same verifications as the vault's two requests
 * (challenge, release), with nothing around them: no router, no schemas, no query builder, no log, no metrics.
 */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK, jwtVerify } from 'jose';
import pg from 'pg';
import { encode, fromBase64url, readU32, toBase64url, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { verifySignature } from '@/lib/crypto/signature';
import { releaseStatement } from '@/lib/keyless/wire/statement';
import { createEnvelope } from '@/services/kms/envelope';
import { openLocalProvider } from '@/services/kms/local';
import { readKeys } from '@/services/vault/keys';

const variable = (name: string) => process.env[name] ?? '';
const random = (length: number) => new Uint8Array(randomBytes(length));
const keys = await readKeys(variable('VAULT_KEYS_DIR'));
const vaultId = sha256(keys.receiptKey.publicKey);
const derive = (purpose: string) =>
  new Uint8Array(hkdfSync('sha256', keys.sessionSecret, new Uint8Array(), encode(purpose, 'vault'), 32));
const accessKey = derive('halfkey/access-token/v1');
const nonceKey = derive('halfkey/dpop-nonce/v1');
const ring = { folder: variable('VAULT_KMS_DIR'), mode: 'development', acknowledged: 'no', random } as const;
const envelope = createEnvelope(await openLocalProvider(ring), random);
const pool = new pg.Pool({ connectionString: variable('VAULT_DATABASE_URL'), max: 10 });

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const nonceAt = (epoch: number) =>
  createHmac('sha256', nonceKey)
    .update(encode('halfkey/dpop-nonce/v1', u32(epoch)))
    .digest('base64url');
const TAKE = `insert into rate_limit (name, full_at_ms) values ($1, $2) on conflict (name) do update
  set full_at_ms = greatest(rate_limit.full_at_ms, $3) + 1 where greatest(rate_limit.full_at_ms, $3) <= $4 returning name`;
const take = (kind: string, whose: Uint8Array | string) => {
  const name = sha256(encode('halfkey/rate-limit/v1', kind, whose));
  const nowMs = Date.now();
  return pool.query(TAKE, [toBase64url(name), nowMs + 1, nowMs, nowMs + 60_000]);
};

const ONCE = 'insert into session_once (key, expires_at_ms) values ($1, $2) on conflict do nothing returning key';
const isFirst = async (key: string) => (await pool.query(ONCE, [key, Date.now() + 120_000])).rowCount === 1;

async function callerOf(request: IncomingMessage): Promise<{ accountId: Uint8Array; jkt: string }> {
  const token = (request.headers.authorization ?? '').slice('DPoP '.length);
  const { payload } = await jwtVerify(token, accessKey);
  const { jkt } = payload.cnf as { jkt: string };
  const accountId = Buffer.from(payload.sub ?? '', 'hex');
  const device = await pool.query('select * from session_device where account_id = $1 and jkt = $2', [accountId, jkt]);
  const proof = await compactVerify(String(request.headers.dpop), EmbeddedJWK);
  const thumbprint = await calculateJwkThumbprint(proof.protectedHeader.jwk as never);
  const { jti, nonce } = JSON.parse(Buffer.from(proof.payload).toString());
  const epoch = Math.floor(Date.now() / 60_000);
  const isFresh = nonce === nonceAt(epoch) || nonce === nonceAt(epoch - 1);
  if (device.rowCount !== 1 || thumbprint !== jkt || !isFresh) throw new Error('refused');
  const once = createHash('sha256')
    .update(encode('halfkey/dpop-jti/v1', fromBase64url(jkt), jti))
    .digest('base64url');
  if (!(await isFirst(once))) throw new Error('used');
  return { accountId: new Uint8Array(accountId), jkt };
}

const READ = 'select version, document from account where account_id = $1';

interface Document {
  active: {
    generation: number;
    slot: string;
    row: { record: string; releasePub: string; wrappedShare: Record<string, string> };
  };
}

async function readActive(accountId: Uint8Array): Promise<Document['active']> {
  const { rows } = await pool.query(READ, [accountId]);
  return (JSON.parse(rows[0].document) as Document).active;
}

const macOf = (start: Uint8Array, accountId: Uint8Array, jkt: string, { generation, slot }: Document['active']) =>
  createHmac('sha256', keys.challengeKey)
    .update(encode('halfkey/release-challenge/v1', start, accountId, bytesOf(jkt), u32(generation), bytesOf(slot)))
    .digest()
    .subarray(0, 16);

async function giveChallenge(accountId: Uint8Array, jkt: string) {
  const active = await readActive(accountId);
  const expiresAtS = Math.ceil(Date.now() / 1000) + 120;
  const start = Uint8Array.of(...u32(expiresAtS), ...random(12));
  const challenge = toBase64url(Uint8Array.of(...start, ...macOf(start, accountId, jkt, active)));
  return { challenge, expiresAtMs: expiresAtS * 1000 };
}

async function release(accountId: Uint8Array, jkt: string, body: string) {
  const { challenge, signature } = JSON.parse(body);
  const active = await readActive(accountId);
  const given = bytesOf(challenge);
  const isGiven = macOf(given.slice(0, 16), accountId, jkt, active).equals(given.slice(16));
  const statement = releaseStatement({
    vaultId,
    accountId,
    generation: active.generation,
    challenge: given,
    slot: bytesOf(active.slot),
    jkt: bytesOf(jkt),
  });
  const isSigned = verifySignature(bytesOf(active.row.releasePub), statement, bytesOf(signature));
  if (!isGiven || !isSigned || readU32(given) * 1000 <= Date.now()) throw new Error('refused');
  if (!(await isFirst(`release ${challenge}`))) throw new Error('used');
  const { kid = '', kver = '', wrappedDek = '', iv = '', ct = '', tag = '' } = active.row.wrappedShare;
  const sealed = {
    v: 1,
    kid,
    kver,
    wrappedDek: bytesOf(wrappedDek),
    iv: bytesOf(iv),
    ct: bytesOf(ct),
    tag: bytesOf(tag),
  };
  const { generation, slot } = active;
  const place = { vaultId, accountId, generation, slot: bytesOf(slot), field: 'backend-share' };
  const share = await envelope.open(sealed as Parameters<typeof envelope.open>[0], place);
  return { record: active.row.record, backendShare: toBase64url(share) };
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  try {
    await take('address', String(request.headers['x-forwarded-for']));
    const { accountId, jkt } = await callerOf(request);
    await take('account', accountId);
    const answer = request.url?.endsWith('challenge')
      ? await giveChallenge(accountId, jkt)
      : await release(accountId, jkt, body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'listening', port })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
