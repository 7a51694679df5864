import { Grid3x3, Lock, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { Mark } from '@/components/ui/Mark';
import { t } from '@/lib/i18n';
import { ProviderGlyph, type ProviderKind } from './ProviderGlyph';

export interface HalvesDiagramProps {
  readonly provider: { readonly label: string; readonly kind: ProviderKind };
  /** Slides the halves together once, where they have just been proved. */
  readonly motion?: 'still' | 'play';
}

const REALM_PIECES = ['1', '2', '3'] as const;

interface HolderProps {
  readonly title: string;
  readonly detail: string;
  readonly side: 'start' | 'end';
  readonly children: ReactNode;
}

function Holder({ title, detail, side, children }: HolderProps) {
  return (
    <div
      className={classes(
        'flex flex-1 flex-col rounded-card border border-line bg-surface p-3 shadow-1',
        side === 'end' && 'items-end text-end',
      )}
    >
      <span className="font-medium text-body">{title}</span>
      <span className="text-ink-2 text-tiny">{detail}</span>
      {/* As high as the mark that lies over it: no word comes below the mark. */}
      <span className="mt-auto flex min-h-[68px] items-end gap-1">{children}</span>
    </div>
  );
}

function Key({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className="flex justify-center">
      <span className="inline-flex min-h-8 items-center gap-2 rounded-full border border-line bg-surface px-3 font-label text-small shadow-1">
        {icon}
        {children}
      </span>
    </span>
  );
}

/** Who holds what: the vault one half, the realms the other, and only the owner can bring both. */
export function HalvesDiagram({ provider, motion = 'still' }: HalvesDiagramProps) {
  return (
    <div className="grid text-start">
      <span className="mx-auto inline-flex min-h-10 items-center gap-2 rounded-full bg-ink px-4 font-label text-body text-on-ink">
        <UserRound aria-hidden="true" size={16} />
        {t('halves.you')}
      </span>
      <span aria-hidden="true" className="mx-auto h-3.5 w-px bg-line-strong" />
      <span aria-hidden="true" className="mx-[24%] h-6 rounded-t-card border border-line-strong border-b-0" />
      <div className="relative z-1 grid grid-cols-2 gap-x-2">
        <Key icon={<ProviderGlyph kind={provider.kind} size={14} />}>
          {t('halves.sign-in', { provider: provider.label })}
        </Key>
        <Key icon={<Grid3x3 aria-hidden="true" size={14} />}>{t('halves.pin')}</Key>
        <span aria-hidden="true" className="ms-[48%] h-2.5 w-px bg-line-strong" />
        <span aria-hidden="true" className="ms-[52%] h-2.5 w-px bg-line-strong" />
      </div>
      <div className="relative flex gap-2">
        <Holder title={t('halves.vault')} detail={t('halves.vault.detail')} side="start">
          <span className="grid size-[22px] place-items-center rounded-site bg-sunken text-ink-2">
            <Lock aria-hidden="true" size={13} />
          </span>
        </Holder>
        <Holder title={t('halves.realms')} detail={t('halves.realms.detail')} side="end">
          {REALM_PIECES.map((piece) => (
            <span
              key={piece}
              aria-hidden="true"
              className="grid size-[22px] place-items-center rounded-site bg-accent-soft font-semibold text-accent-text text-tiny"
            >
              {piece}
            </span>
          ))}
        </Holder>
        <span className="pointer-events-none absolute inset-x-0 bottom-1 mx-auto w-fit">
          <Mark size={76} state="joined" motion={motion} label={t('halves.joined')} />
        </span>
      </div>
    </div>
  );
}
