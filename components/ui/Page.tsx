import { ArrowLeft } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './Button';
import { classes } from './classes';

export interface PageProps {
  readonly header?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
  /** `middle` centres a short body in the height that is left. */
  readonly place?: 'top' | 'middle';
  /** Enter and the submit button of the page. */
  readonly onSubmit?: () => void;
  /** `text` where nothing in the body takes the focus: then the body does, so that it can be scrolled by keys. */
  readonly body?: 'controls' | 'text';
  /** Leaves the body's sides to its children, for lines from edge to edge. */
  readonly bleed?: boolean;
}

/** One column of 320 to 480: header, a body that scrolls, a footer that stays. */
export function Page({
  header,
  footer,
  children,
  place = 'top',
  onSubmit,
  body = 'controls',
  bleed = false,
}: PageProps) {
  const column = 'mx-auto flex h-full w-full max-w-[480px] flex-col bg-bg';
  const focusable = body === 'text' ? { tabIndex: 0 } : {};
  const content = (
    <>
      {header}
      <main {...focusable} className={classes('flex min-h-0 flex-1 flex-col overflow-y-auto', !bleed && 'px-gutter')}>
        <div
          className={classes(
            'flex flex-1 flex-col pb-2 has-[[data-shrinks]]:min-h-0',
            place === 'middle' && 'justify-center',
          )}
        >
          {children}
        </div>
      </main>
      {footer !== undefined && <footer className="grid gap-1 px-gutter pt-3 pb-5">{footer}</footer>}
    </>
  );
  if (onSubmit === undefined) return <div className={column}>{content}</div>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form noValidate onSubmit={submit} className={column}>
      {content}
    </form>
  );
}

export interface HeaderProps {
  readonly title?: string;
  readonly back?: { readonly label: string; readonly onPress: () => void } | undefined;
  readonly trailing?: ReactNode;
}

/**
 * 56 high: the way back, where you are, one thing at the end. Where a page took the place of another, and the focus went
 * with what was pressed there, it goes on from the title, which is then read out.
 */
export function Header({ title, back, trailing }: HeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <header className="grid min-h-14 shrink-0 grid-cols-[40px_1fr_40px] items-center px-2">
      {back === undefined ? (
        <span />
      ) : (
        <IconButton label={back.label} onClick={back.onPress}>
          <ArrowLeft aria-hidden="true" size={18} className="rtl:-scale-x-100" />
        </IconButton>
      )}
      {title === undefined ? (
        <span />
      ) : (
        <h1 ref={heading} tabIndex={-1} className="px-2 text-center font-semibold text-button outline-none">
          {title}
        </h1>
      )}
      {trailing}
    </header>
  );
}

export interface ButtonPairProps {
  readonly children: ReactNode;
}

/** Two buttons side by side, stacked as soon as a label does not fit. */
export function ButtonPair({ children }: ButtonPairProps) {
  return <div className="flex flex-wrap gap-2 [&>*]:min-w-fit [&>*]:flex-[1_1_9rem]">{children}</div>;
}

export interface LeadProps {
  readonly title: string;
  /** `page` where the header has no title: then this is the page's first heading. */
  readonly level?: 'page' | 'section';
  readonly size?: 'hero' | 'title';
  readonly children?: ReactNode;
}

/** The question of a screen and the line below it, centred. */
export function Lead({ title, level = 'page', size = 'title', children }: LeadProps) {
  const Heading = level === 'page' ? 'h1' : 'h2';
  return (
    <div className="grid gap-1.5 text-center">
      <Heading className={classes('text-balance', size === 'hero' ? 'text-hero' : 'text-title')}>{title}</Heading>
      {children !== undefined && <div className="text-balance text-body text-ink-2">{children}</div>}
    </div>
  );
}
