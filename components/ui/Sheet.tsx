import { Dialog } from 'radix-ui';
import { type ReactNode, type Ref, useRef } from 'react';
import { classes } from './classes';

export interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** `hidden` where the body begins with its own heading. */
  readonly titlePlace?: 'heading' | 'title' | 'hidden';
  readonly aside?: ReactNode;
  /** A second line below the title, also read out with it. */
  readonly description?: ReactNode;
  /** What stands above the title. */
  readonly above?: ReactNode;
  /** `field` where the sheet is there to type into its first field. */
  readonly first?: 'sheet' | 'field';
  readonly children: ReactNode;
}

/**
 * What lies behind a sheet. Not the primitive's overlay: that one locks the scrolling of the body by a style element,
 * which the policy of the extension forbids, and here no body scrolls.
 */
function Scrim({ state, ref }: { readonly state: 'open' | 'closed'; readonly ref?: Ref<HTMLDivElement> }) {
  return (
    <div
      ref={ref}
      aria-hidden="true"
      data-state={state}
      className="pointer-events-auto fixed inset-0 z-10 bg-scrim data-[state=closed]:animate-vanish data-[state=open]:animate-appear"
    />
  );
}

/** A sheet from the bottom. The focus stays inside; Escape and the scrim close it. */
export function Sheet({
  open,
  onClose,
  title,
  titlePlace = 'heading',
  aside,
  description,
  above,
  first = 'sheet',
  children,
}: SheetProps) {
  const content = useRef<HTMLDivElement>(null);
  const described = description === undefined ? { 'aria-describedby': undefined } : {};
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Scrim state={open ? 'open' : 'closed'} />
        <Dialog.Content
          {...described}
          ref={content}
          tabIndex={-1}
          // The sheet itself takes the focus: what it offers is never chosen by an Enter that was meant for the page.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            const field = first === 'field' ? content.current?.querySelector('input') : null;
            (field ?? content.current)?.focus();
          }}
          className="fixed inset-x-0 bottom-0 z-10 mx-auto flex max-h-[92dvh] w-full max-w-[480px] flex-col rounded-t-sheet border-sheet-line border-t bg-sheet shadow-3 outline-none data-[state=closed]:animate-sink data-[state=open]:animate-rise"
        >
          <span aria-hidden="true" className="mx-auto mt-2.5 h-1 w-9 shrink-0 rounded-full bg-line-strong opacity-50" />
          <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto px-gutter pt-4 pb-5">
            {above}
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <Dialog.Title
                className={classes(
                  titlePlace === 'hidden' && 'sr-only',
                  titlePlace === 'title' ? 'text-balance text-title' : 'text-heading',
                )}
              >
                {title}
              </Dialog.Title>
              {aside}
            </div>
            {description !== undefined && (
              <Dialog.Description className="-mt-1.5 text-body text-ink-2">{description}</Dialog.Description>
            )}
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
