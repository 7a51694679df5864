import { describe, expect, it } from 'vitest';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { addressBookRecord, createAddressBook } from './address-book';
import { checkAddress } from './evm/address';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

function book() {
  const area = memoryArea();
  const stored = cell(area, 'addressBook', addressBookRecord);
  return { area, book: createAddressBook(stored, checkAddress) };
}

describe('the address book', () => {
  it('keeps contacts by name, with the checksum of their addresses', async () => {
    const { book: contacts, area } = book();
    await contacts.save({ name: ' Mira ', address: MIRA.toLowerCase() }, null);
    await contacts.save({ name: 'Jonas', address: JONAS }, null);
    expect(await contacts.list()).toEqual([
      { name: 'Jonas', address: JONAS },
      { name: 'Mira', address: MIRA },
    ]);
    expect(await area.get(['addressBook'])).toMatchObject({ addressBook: { version: 1 } });
  });

  it('changes name and address of one, and removes it', async () => {
    const { book: contacts } = book();
    await contacts.save({ name: 'Mira', address: MIRA }, null);
    await contacts.save({ name: 'Mira K.', address: MIRA }, MIRA.toLowerCase());
    await contacts.save({ name: 'Mira K.', address: JONAS }, MIRA);
    expect(await contacts.list()).toEqual([{ name: 'Mira K.', address: JONAS }]);
    await contacts.remove(JONAS.toLowerCase());
    await contacts.remove(JONAS);
    expect(await contacts.list()).toEqual([]);
  });

  it.each([
    ['no name', { name: '  ', address: JONAS }, null, 'name-empty'],
    ['a name without end', { name: 'x'.repeat(41), address: JONAS }, null, 'name-long'],
    ['a name that is taken', { name: 'mira', address: JONAS }, null, 'name-taken'],
    ['an address that is taken', { name: 'Mira 2', address: MIRA.toLowerCase() }, null, 'address-taken'],
    ['a change of one that is gone', { name: 'Jonas', address: JONAS }, JONAS, 'gone'],
  ])('refuses %s and keeps what there is', async (_, typed, instead, reason) => {
    const { book: contacts } = book();
    await contacts.save({ name: 'Mira', address: MIRA }, null);
    await expect(contacts.save(typed, instead)).rejects.toMatchObject({ code: 'bad-contact', details: { reason } });
    expect(await contacts.list()).toEqual([{ name: 'Mira', address: MIRA }]);
  });

  it('refuses what is no address', async () => {
    const refused = book().book.save({ name: 'Mira', address: `${MIRA.slice(0, -1)}e` }, null);
    await expect(refused).rejects.toMatchObject({ code: 'bad-address', details: { reason: 'checksum' } });
  });

  it('loses nothing when two are saved at once', async () => {
    const { book: contacts } = book();
    await Promise.all([
      contacts.save({ name: 'Mira', address: MIRA }, null),
      contacts.save({ name: 'Jonas', address: JONAS }, null),
    ]);
    expect(await contacts.list()).toHaveLength(2);
  });
});
