import { toHex } from '@/lib/bytes';
import type { OnceStore } from '@/services/http/sessions/dpop';

/** A device that signed in to an account, named by its key. */
export interface Device {
  /** 32 bytes. */
  accountId: Uint8Array;
  /** Thumbprint of the device key, base64url. */
  jkt: string;
  deviceName: string;
  createdAtMs: number;
  lastSeenAtMs: number;
  /** When the status token ends unless it is used. */
  statusExpiresAtMs: number;
  /** Access tokens issued until then are refused; 0 if none was ended. */
  accessEndedAtMs: number;
  /** The owner's signature (64 bytes) with which it was signed out; null while it has a session. */
  signedOutBy: Uint8Array | null;
}

export interface OpenDevice {
  accountId: Uint8Array;
  jkt: string;
  deviceName: string;
  /** SHA-256 of the new status token, 32 bytes. */
  statusHash: Uint8Array;
  statusExpiresAtMs: number;
  nowMs: number;
}

/** What may be carried out once. */
export interface OnceOrder {
  readonly key: string;
  /** Until when it is remembered. */
  readonly expiresAtMs: number;
}

/** Where a server keeps its devices and what may be used once. */
export interface SessionStore extends OnceStore {
  /**
   * Adds the device, or renews it with a new status token. The status token before it stays usable, because the
   * answer with the new one may be lost; the one before that ends. A device that was signed out is new again.
   */
  openDevice(device: OpenDevice): Promise<'new' | 'known'>;
  deviceByKey(accountId: Uint8Array, jkt: string): Promise<Device | undefined>;
  /** By the hash of either usable status token; also after the device was signed out, so that it can be told. */
  deviceByStatus(statusHash: Uint8Array): Promise<Device | undefined>;
  /** Notes that the device was seen and moves the end of its status token. */
  extendStatus(accountId: Uint8Array, jkt: string, times: { nowMs: number; statusExpiresAtMs: number }): Promise<void>;
  /** Devices of an account that have a session, at most `limit`: those that were seen last, in that order. */
  listDevices(accountId: Uint8Array, limit: number): Promise<Device[]>;
  /** Signs a device out: all its tokens end. False if it has no session. */
  signOut(accountId: Uint8Array, jkt: string, order: { signature: Uint8Array; nowMs: number }): Promise<boolean>;
  /**
   * Ends the access tokens of all devices of an account; status tokens stay. Once for each order, which is remembered in
   * the same step: false, with nothing changed, if it was carried out before.
   */
  endAccess(accountId: Uint8Array, nowMs: number, order: OnceOrder): Promise<boolean>;
  /** Forgets what has expired. */
  removeExpired(nowMs: number): Promise<void>;
}

interface StoredDevice extends Device {
  statusHashes: string[];
}

/** A session store for tests and for one process without a database. */
export function memorySessionStore(): SessionStore {
  const devices = new Map<string, StoredDevice>();
  const once = new Map<string, number>();
  const nameOf = (accountId: Uint8Array, jkt: string) => `${toHex(accountId)} ${jkt}`;
  const ofAccount = (accountId: Uint8Array) =>
    [...devices.values()].filter((device) => toHex(device.accountId) === toHex(accountId));

  return {
    async insertOnce(key, expiresAtMs) {
      if (once.has(key)) return false;
      once.set(key, expiresAtMs);
      return true;
    },
    async openDevice({ accountId, jkt, deviceName, statusHash, statusExpiresAtMs, nowMs }) {
      const stored = devices.get(nameOf(accountId, jkt));
      const known = stored?.signedOutBy === null ? stored : undefined;
      devices.set(nameOf(accountId, jkt), {
        accountId,
        jkt,
        deviceName,
        createdAtMs: known?.createdAtMs ?? nowMs,
        lastSeenAtMs: nowMs,
        statusExpiresAtMs,
        accessEndedAtMs: stored?.accessEndedAtMs ?? 0,
        signedOutBy: null,
        statusHashes: [toHex(statusHash), ...(known?.statusHashes ?? [])].slice(0, 2),
      });
      return known === undefined ? 'new' : 'known';
    },
    async deviceByKey(accountId, jkt) {
      return publicPart(devices.get(nameOf(accountId, jkt)));
    },
    async deviceByStatus(statusHash) {
      return publicPart([...devices.values()].find((device) => device.statusHashes.includes(toHex(statusHash))));
    },
    async extendStatus(accountId, jkt, { nowMs, statusExpiresAtMs }) {
      const device = devices.get(nameOf(accountId, jkt));
      if (device) Object.assign(device, { lastSeenAtMs: nowMs, statusExpiresAtMs });
    },
    async listDevices(accountId, limit) {
      const found = ofAccount(accountId).filter(({ signedOutBy }) => signedOutBy === null);
      found.sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs || (a.jkt < b.jkt ? -1 : 1));
      return found.slice(0, limit).flatMap((device) => publicPart(device) ?? []);
    },
    async signOut(accountId, jkt, { signature, nowMs }) {
      const device = devices.get(nameOf(accountId, jkt));
      if (!device || device.signedOutBy !== null) return false;
      Object.assign(device, { signedOutBy: signature, accessEndedAtMs: nowMs });
      return true;
    },
    async endAccess(accountId, nowMs, { key, expiresAtMs }) {
      if (once.has(key)) return false;
      once.set(key, expiresAtMs);
      for (const device of ofAccount(accountId)) device.accessEndedAtMs = nowMs;
      return true;
    },
    async removeExpired(nowMs) {
      for (const [key, expiresAtMs] of once) if (expiresAtMs <= nowMs) once.delete(key);
      for (const [name, device] of devices) if (device.statusExpiresAtMs <= nowMs) devices.delete(name);
    },
  };
}

function publicPart(stored: StoredDevice | undefined): Device | undefined {
  if (stored === undefined) return undefined;
  const { statusHashes: _, ...device } = stored;
  return device;
}
