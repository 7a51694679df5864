import { useEffect, useState } from 'react';
import { useSpokenLanguage } from '@/components/hooks/use-words';
import { hasUtxoWords, loadUtxoWords } from '@/lib/i18n/utxo';

/** Whether the words of these screens are here, in the language that is spoken. */
export function useUtxoWords(): boolean {
  const language = useSpokenLanguage();
  const [loadedFor, setLoadedFor] = useState<unknown>(null);
  useEffect(() => {
    let current = true;
    loadUtxoWords().then(() => current && setLoadedFor(language));
    return () => {
      current = false;
    };
  }, [language]);
  return hasUtxoWords() || loadedFor === language;
}
