import type { SecondDependencies } from '@/lib/keyless/backup/second-sign-in';
import type { Cells } from './cells';
import { openParties } from './parties';

/** Another account of the same wallet, while its backup is made: signed in for as long as the browser runs. */
export function openSecondAccount(cells: Cells): SecondDependencies['second'] {
  const { secondSession: session, secondStatusTokens: statusTokens, secondSignedOut: signedOut } = cells;
  const { read, write, remove } = cells.secondJournal;
  return {
    sessions: openParties({ session, statusTokens, signedOut }),
    journal: { read, write, clear: remove },
    signIns: cells.secondSignIns,
  };
}
