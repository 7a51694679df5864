import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/Button';
import { u } from '@/lib/i18n/utxo';

export interface FileButtonProps {
  /** Endings and types that the browser offers. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** Opens the browser's own choice of a file; the same one may be chosen again. */
export function FileButton({ accept, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={u('file.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
      <Button icon={<FileUp aria-hidden="true" size={18} />} onClick={() => input.current?.click()}>
        {u('file.choose')}
      </Button>
    </>
  );
}
