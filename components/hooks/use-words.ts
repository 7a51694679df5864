import { useEffect, useState, useSyncExternalStore } from 'react';
import type { SettingsView } from '@/lib/bus/snapshot';
import { coverAmounts, type Language, languageFor, loadLanguage, onSpeech, speak, spokenLanguage } from '@/lib/i18n';

/** The language that is spoken; draws again after each change of it. */
export function useSpokenLanguage(): Language {
  return useSyncExternalStore(onSpeech, spokenLanguage);
}

/**
 * Speaks as the settings say from now on.
 * @returns whether the texts of the first language are here; later ones take the place of the one before
 */
export function useWords(settings: Pick<SettingsView, 'language' | 'hideAmounts'> | null): boolean {
  const [ready, setReady] = useState(false);
  const wanted = settings === null ? null : languageFor(settings.language, navigator.languages);
  useEffect(() => {
    if (wanted === null) return;
    let current = true;
    loadLanguage(wanted).then((language) => {
      if (!current) return;
      speak(language);
      setReady(true);
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  const hide = settings?.hideAmounts ?? false;
  // Before the first picture with amounts in it, not after it.
  coverAmounts(hide);
  return ready;
}
