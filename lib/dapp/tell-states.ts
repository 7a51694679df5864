import { type SiteState, stateOf } from './site-state';
import type { DappDeps } from './types';

/** Posts its state to every site that it has changed for, and to no other. */
export async function tellStates(deps: DappDeps): Promise<void> {
  const { documents, sites, told } = deps;
  const origins = new Set([...documents.lines(), ...(await sites.list())].map(({ origin }) => origin));
  if (origins.size === 0) return;
  const before = (await told.read()) ?? {};
  const states = new Map<string, SiteState>();
  for (const origin of origins) states.set(origin, await stateOf(deps, origin));
  const texts = Object.fromEntries([...states].map(([origin, state]) => [origin, JSON.stringify(state)]));
  const changed = [...states].filter(([origin]) => before[origin] !== texts[origin]);
  if (changed.length === 0) return;
  await told.write(texts);
  for (const [origin, state] of changed)
    for (const line of documents.lines()) if (line.origin === origin) documents.post(line.documentId, { state });
  await documents.wakeAll((origin) => changed.some(([one]) => one === origin));
}
