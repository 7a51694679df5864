/** What both servers tell by status tokens, over HTTP. */
import type { z } from 'zod';
import type { StatusSource } from '../ports';
import { devicesResponse } from '../wire/session';
import { guessesAnswer, witnessAnswer } from './issuer-client';
import { callParty, type PartyAccess, type TokenSource } from './party-client';
import { toldBackup } from './vault-client';

export interface StatusAccess {
  readonly access: PartyAccess;
  readonly tokens: TokenSource;
}

export function createStatusSource(jkt: Uint8Array, parties: Readonly<Record<'vault' | 'issuer', StatusAccess>>) {
  const ask = <Out>(party: 'vault' | 'issuer', path: string, answer: z.ZodType<Out>): Promise<Out> => {
    const { access, tokens } = parties[party];
    return callParty(access, tokens, { method: 'GET', path, answer });
  };
  const source: StatusSource = {
    jkt,
    vault: () => ask('vault', '/status', toldBackup),
    issuer: () => ask('issuer', '/status', witnessAnswer),
    guesses: () => ask('issuer', '/status/guesses', guessesAnswer),
    devices: async (party) => (await ask(party, '/devices', devicesResponse)).devices,
  };
  return source;
}
