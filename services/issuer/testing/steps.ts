/** Accounts for tests of single steps: fed by the model vault, without store or HTTP. */
import { type Account, NEW_ACCOUNT } from '../account/account';
import { applyPage } from '../account/apply-feed';
import { type GrantRequest, grantRegister } from '../account/grant';
import { keepRow } from '../account/keep';
import type { Step } from '../account/step';
import { ACCOUNT, DEVICE, OWNER, REALM_SET_ID, SLOT, START_MS } from './issuer';
import { createModelVault, type ModelVault, signActivation } from './model-vault';

export const openVault = (): ModelVault => createModelVault(() => START_MS);

/** The account after everything that the vault has published. */
export function readAll(vault: ModelVault, account: Account = NEW_ACCOUNT, nowMs = START_MS): Account {
  const { entries } = vault.account(ACCOUNT);
  const news = entries.filter(({ number }) => number > account.place.number);
  return applyPage(account, { head: entries.length, entries: news }, { ...vault, accountId: ACCOUNT, nowMs });
}

/** The account and the answer of a step that must succeed. */
export function succeed<Answer>(step: Step<Answer>): { account: Account; answer: Answer } {
  if (!step.done) throw new Error(`refused: ${step.refusal.code}`);
  return step;
}

export const refusalOf = (step: Step<unknown>) => (step.done ? null : step.refusal);

export const asked = (changes: Partial<GrantRequest> = {}): GrantRequest => ({
  slot: SLOT,
  jkt: DEVICE,
  nowMs: START_MS,
  ...changes,
});

export const knowsAll = () => true;

export const reserveSlot = (vault: ModelVault, slot = SLOT, jkt = DEVICE) =>
  vault.reserve(ACCOUNT, { slot, realmSetId: REALM_SET_ID, jkt });

/** An account with one slot in the named state; later ones include the earlier. */
export function accountWith(state: 'reserved' | 'granted' | 'kept' | 'current', slot = SLOT, vault = openVault()) {
  const reservation = reserveSlot(vault, slot);
  const signed = signActivation(vault, ACCOUNT, reservation, OWNER);
  const finish = (account: Account) => ({ vault, account, reservation, signed });
  const reserved = readAll(vault);
  if (state === 'reserved') return finish(reserved);
  const granted = succeed(grantRegister(reserved, asked({ slot }), knowsAll)).account;
  if (state === 'granted') return finish(granted);
  const kept = succeed(keepRow(granted, { ...signed, vaultId: vault.vaultId, accountId: ACCOUNT })).account;
  if (state === 'kept') return finish(kept);
  vault.activate(ACCOUNT, signed, OWNER);
  return finish(readAll(vault, kept));
}
