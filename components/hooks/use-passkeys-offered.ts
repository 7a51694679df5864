import { useEffect, useState } from 'react';
import { usePageHost } from '@/lib/state/page-host';

/** Whether this browser can be asked for a passkey; null for the moment in which it says so. */
export function usePasskeysOffered(): boolean | null {
  const { passkeys } = usePageHost();
  const [offered, setOffered] = useState<boolean | null>(null);
  useEffect(() => {
    let gone = false;
    passkeys.offered().then((answer) => gone || setOffered(answer));
    return () => {
      gone = true;
    };
  }, [passkeys]);
  return offered;
}
