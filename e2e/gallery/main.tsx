/** Shows one story: `?theme=dark&words=es|zh-CN|pseudo|mirrored#05-home`. Without a story, a list of all of them. */
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { Direction } from '@/components/ui/Direction';
import { ToastProvider } from '@/components/ui/Toast';
import { coverAmounts, languageOfPage, loadLanguage, speak } from '@/lib/i18n';
import { loadUtxoWords } from '@/lib/i18n/utxo';
import './gallery.css';
import { mirrored, pseudo } from './pseudo';
import { STORIES } from './stories';

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
const words = query.get('words');
const root = document.documentElement;

if (words === 'pseudo') speak(pseudo);
if (words === 'mirrored') speak(mirrored);
if (words === 'es' || words === 'zh-CN') speak(await loadLanguage(words));
await loadUtxoWords();
root.lang = languageOfPage().tag;
root.dir = languageOfPage().direction;
if (theme !== null) root.dataset.theme = theme;

function List() {
  return (
    <main className="grid gap-2 p-8">
      <h1 className="text-title">Gallery</h1>
      {Object.keys(STORIES).map((name) => (
        <a key={name} data-story={name} href={`#${name}`} className="text-accent-text">
          {name}
        </a>
      ))}
    </main>
  );
}

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function Stage() {
  const name = useSyncExternalStore(listen, () => location.hash.slice(1));
  const story = STORIES[name];
  coverAmounts(name.endsWith('-covered'));
  return (
    <div key={name} data-shown={name} className="h-full">
      {story === undefined ? <List /> : story()}
    </div>
  );
}

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <Direction direction={languageOfPage().direction}>
        <ToastProvider label="Notices">
          <Stage />
        </ToastProvider>
      </Direction>
    </StrictMode>,
  );
}
