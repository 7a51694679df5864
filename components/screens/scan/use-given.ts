import { useEffect, useRef } from 'react';

/** Tells of a file that is pasted into this page or dropped on it; undefined where what was given is none. */
export function useGiven(onFile: (file: File | undefined) => void): void {
  const latest = useRef(onFile);
  latest.current = onFile;
  useEffect(() => {
    const give = (event: Event, data: DataTransfer | null) => {
      event.preventDefault();
      latest.current(data?.files[0]);
    };
    const onPaste = (event: ClipboardEvent) => give(event, event.clipboardData);
    const onDrop = (event: DragEvent) => give(event, event.dataTransfer);
    // Without it the browser would leave the page for the picture.
    const onDrag = (event: DragEvent) => event.preventDefault();
    document.addEventListener('paste', onPaste);
    document.addEventListener('dragover', onDrag);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('paste', onPaste);
      document.removeEventListener('dragover', onDrag);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
}
