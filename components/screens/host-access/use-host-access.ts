import { useEffect, useState } from 'react';
import { usePageHost } from '@/lib/state/page-host';

/** Whether the browser lets the wallet reach its servers, now and as that changes; null until the browser has said. */
export function useHostAccess(): boolean | null {
  const { servers } = usePageHost();
  const [granted, setGranted] = useState<boolean | null>(null);
  useEffect(() => {
    const look = () => void servers.granted().then(setGranted);
    look();
    return servers.onChange(look);
  }, [servers]);
  return granted;
}
