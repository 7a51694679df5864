import type { ProviderView } from '@/lib/bus/snapshot';
import { useSnapshot } from '@/lib/state/use-wallet';

/** The provider of an id; one that the build no longer knows keeps its id as its name. */
export function useProvider(providerId: string): ProviderView {
  const known = useSnapshot((snapshot) => snapshot.providers.find(({ id }) => id === providerId));
  return known ?? { id: providerId, label: providerId, kind: 'oidc', local: false };
}
