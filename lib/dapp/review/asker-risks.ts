/** What speaks against whoever asks, whatever is asked. */
import type { Asker, Risk } from '@/lib/bus/review';
import { riskOf } from './facts';

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/;

/** @param isPhishing whether a host is on the list of sites that steal */
export function askerRisks({ origin, topOrigin }: Asker, isPhishing: (host: string) => boolean): readonly Risk[] {
  const risks: Risk[] = [];
  for (const one of [origin, ...(topOrigin === null ? [] : [topOrigin])]) {
    // A page without an origin of its own has no name that could be looked up.
    if (!URL.canParse(one)) continue;
    const { hostname, protocol } = new URL(one);
    if (isPhishing(hostname)) risks.push(riskOf('phishing-site', { name: hostname }));
    if (protocol !== 'https:' && !LOOPBACK.test(hostname)) risks.push(riskOf('insecure-site', { name: hostname }));
  }
  if (topOrigin !== null && topOrigin !== origin)
    risks.push(riskOf('embedded', { name: topOrigin === 'null' ? null : topOrigin }));
  return risks;
}
