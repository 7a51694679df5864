/** What the issuer's steps throw, as answers. */
import type { IssuerProblem } from '@/lib/keyless/wire/issuer';
import { ServiceError } from '@/services/http/api/problem';
import type { Logger } from '@/services/http/server/logger';
import { accountTag } from './account/account';
import { Refused, TooMuchContention } from './account/accounts';
import { FeedBroken } from './account/apply-feed';
import type { Refusal } from './account/step';
import { STATUS } from './operations';
import { VaultUnreachable } from './vault/vault-feed';

const RETRY_S = '5';

/** Runs `work`; what it throws leaves as a problem of the closed list. A feed that cannot be believed raises the alarm. */
export async function asProblems<Answer>(
  logger: Logger,
  accountId: Uint8Array,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) throw refusalProblem(error.refusal);
    if (error instanceof VaultUnreachable) throw problem('vault-unreachable', { cause: error });
    if (error instanceof TooMuchContention) throw problem('temporarily-unavailable', { cause: error });
    if (!(error instanceof FeedBroken)) throw error;
    logger.fatal({ alarm: 'feed-behind', fault: error.fault, account: accountTag(accountId) }, error.message);
    throw problem('feed-behind', { cause: error });
  }
}

function problem(code: IssuerProblem, { cause }: { cause: Error }): ServiceError {
  return new ServiceError(STATUS[code], code, { headers: { 'retry-after': RETRY_S }, cause });
}

function refusalProblem({ code, detail, nextAtMs }: Refusal): ServiceError {
  return new ServiceError(STATUS[code], code, {
    ...(detail !== undefined && { detail }),
    ...(nextAtMs !== undefined && { members: { nextAtMs } }),
    ...(code === 'temporarily-unavailable' && { headers: { 'retry-after': RETRY_S } }),
  });
}
