/** People and places that the user has given a name: the address book of this device. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { sameAddress } from './look-alike';

/** Characters of a name, at most. */
const MAX_CONTACT_NAME = 40;
/** More than anybody keeps; less than what makes every snapshot slow. */
const MAX_CONTACTS = 500;

const address = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const contact = z.object({ name: z.string().min(1).max(MAX_CONTACT_NAME), address });

/** What is stored, in the order of the names. `version` is the shape of this one cell. */
export const addressBookRecord = z.object({ version: z.literal(1), contacts: z.array(contact) });
export type AddressBookRecord = z.output<typeof addressBookRecord>;
export type Contact = z.output<typeof contact>;

/** Why a contact is refused. The address is checked with the chain's own rule before. */
export type ContactProblem = 'name-empty' | 'name-long' | 'name-taken' | 'address-taken' | 'full' | 'gone';

export interface AddressBook {
  /** By name. */
  list(): Promise<readonly Contact[]>;
  /**
   * Adds a contact, or puts it in the place of the one with the address `instead`.
   * @throws WalletError `bad-contact` with a `ContactProblem` as reason; `bad-address`
   */
  save(typed: { readonly name: string; readonly address: string }, instead: string | null): Promise<Contact>;
  /** Removing what is not there is harmless. */
  remove(address: string): Promise<void>;
  wipe(): Promise<void>;
}

interface Stored {
  read(): Promise<AddressBookRecord | null>;
  write(value: AddressBookRecord): Promise<void>;
  remove(): Promise<void>;
}

/** @param checkAddress of the chains that the addresses are for; @throws `bad-address` */
export function createAddressBook(stored: Stored, checkAddress: (text: string) => `0x${string}`): AddressBook {
  const exclusively = inTurn();
  const list = async () => (await stored.read())?.contacts ?? [];
  const write = (contacts: readonly Contact[]) =>
    stored.write({ version: 1, contacts: contacts.toSorted((one, other) => one.name.localeCompare(other.name)) });
  return {
    list,
    save: (typed, instead) =>
      exclusively(async () => {
        const saved = { name: checkName(typed.name), address: checkAddress(typed.address) };
        const all = await list();
        const others = all.filter((one) => instead === null || !sameAddress(one.address, instead));
        if (instead !== null && others.length === all.length) throw refused('gone');
        checkUnique(saved, others);
        await write([...others, saved]);
        return saved;
      }),
    remove: (gone) => exclusively(async () => write((await list()).filter((one) => !sameAddress(one.address, gone)))),
    wipe: () => exclusively(() => stored.remove()),
  };
}

function checkName(typed: string): string {
  const name = typed.trim().replace(/\s+/g, ' ');
  if (name === '') throw refused('name-empty');
  if (name.length > MAX_CONTACT_NAME) throw refused('name-long');
  return name;
}

function checkUnique(saved: Contact, others: readonly Contact[]): void {
  const name = saved.name.toLowerCase();
  if (others.some((one) => one.name.toLowerCase() === name)) throw refused('name-taken');
  if (others.some((one) => sameAddress(one.address, saved.address))) throw refused('address-taken');
  if (others.length >= MAX_CONTACTS) throw refused('full');
}

const refused = (reason: ContactProblem) => new WalletError('bad-contact', { reason });
