import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '@/services/identity/files';

const FILE = 'accounts.json';
const FIRST_NAMES = ['Mira', 'Jonas'];
const namesSchema = z.array(z.string());

/** Name of a development account: 1 to 40 characters, no control characters. */
export const accountName = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}]{1,40}$/u);

/** The development accounts: whoever types a name has that account. */
export interface Accounts {
  /** Names to offer, the first ones first. */
  names(): readonly string[];
  /** Remembers a name. @returns its subject, the same for the same name for ever. */
  use(name: string): Promise<string>;
}

/** Opens the accounts of a data folder; the first time there are two. */
export async function openAccounts(dataDir: string, subject: (name: string) => string = subjectOf): Promise<Accounts> {
  const path = join(dataDir, FILE);
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  const names = stored === undefined ? [...FIRST_NAMES] : namesSchema.parse(JSON.parse(stored));
  return {
    names: () => names,
    async use(name) {
      if (!names.includes(name)) {
        names.push(name);
        await writeAtomically(path, `${JSON.stringify(names, undefined, 2)}\n`);
      }
      return subject(name);
    },
  };
}

/** 21 digits, as Google's subjects are. */
export function subjectOf(name: string): string {
  const digest = createHash('sha256').update(`halfkey development account\n${name}`).digest('hex');
  return `1${BigInt(`0x${digest}`).toString().slice(-20)}`;
}
