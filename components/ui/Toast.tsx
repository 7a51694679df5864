import { Check } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly detail: ReactNode;
  readonly durationMs: number;
}

export interface Toaster {
  /** Shows one line for `durationMs`, 4,000 unless told. Nothing may exist only there. */
  readonly show: (text: string, options?: { readonly detail?: ReactNode; readonly durationMs?: number }) => void;
}

const ToasterContext = createContext<Toaster>({ show: () => undefined });

export function useToaster(): Toaster {
  return useContext(ToasterContext);
}

export interface ToastProviderProps {
  /** Name of the region, read out by screen readers. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Gives everything inside a place at the bottom where one line appears for a moment. */
export function ToastProvider({ label, children }: ToastProviderProps) {
  const [message, setMessage] = useState<ToastMessage>();
  const toaster = useMemo<Toaster>(
    () => ({
      show: (text, { detail, durationMs = 4_000 } = {}) =>
        setMessage((last) => ({ id: (last?.id ?? 0) + 1, text, detail, durationMs })),
    }),
    [],
  );
  return (
    <ToasterContext value={toaster}>
      <Primitive.Provider label={label} swipeDirection="down">
        {children}
        {message !== undefined && (
          <Primitive.Root
            key={message.id}
            duration={message.durationMs}
            onOpenChange={(open) => !open && setMessage(undefined)}
            className="pointer-events-auto flex min-h-10 items-center gap-2.5 rounded-field bg-ink px-3.5 py-2 text-on-ink text-small shadow-3 data-[state=closed]:animate-vanish data-[state=open]:animate-rise"
          >
            <Check aria-hidden="true" size={18} className="shrink-0" />
            <Primitive.Title className="font-medium">{message.text}</Primitive.Title>
            {message.detail !== undefined && (
              <Primitive.Description className="ms-auto text-on-ink-2">{message.detail}</Primitive.Description>
            )}
          </Primitive.Root>
        )}
        <Primitive.Viewport className="pointer-events-none fixed inset-x-0 bottom-0 z-20 mx-auto w-full max-w-[480px] px-gutter pb-20 outline-none empty:hidden" />
      </Primitive.Provider>
    </ToasterContext>
  );
}
