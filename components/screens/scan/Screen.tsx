import { Camera, ImageUp, ScanQrCode } from 'lucide-react';
import { type Ref, useRef } from 'react';
import { useSlow } from '@/components/hooks/use-time';
import { Button } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { t } from '@/lib/i18n';
import type { CameraState } from './camera';

export interface ScanScreenProps {
  readonly video: Ref<HTMLVideoElement>;
  readonly camera: CameraState;
  /** A picture is being looked at. */
  readonly reading: boolean;
  /** Why nothing came of the last code or picture. */
  readonly problem: string | null;
  readonly onCamera: () => void;
  readonly onStop: () => void;
  readonly onPicture: (file: File | undefined) => void;
  readonly onBack: () => void;
}

/** The camera, or a picture that is chosen, dropped or pasted. */
export function ScanScreen(props: ScanScreenProps) {
  const { camera, problem, onCamera, onStop, onBack } = props;
  const on = camera === 'on';
  const said = problem ?? cameraProblem(camera);
  const footer = (
    <div className="grid gap-2">
      {on ? (
        <Button onClick={onStop}>{t('scan.camera.stop')}</Button>
      ) : (
        <Button
          variant="primary"
          icon={<Camera aria-hidden="true" size={18} />}
          busyLabel={camera === 'asking' ? t('scan.camera.asking') : undefined}
          onClick={onCamera}
        >
          {t('scan.camera')}
        </Button>
      )}
      <PictureButton {...props} />
    </div>
  );
  return (
    <Page
      header={<Header title={t('scan.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-4">
        <Finder {...props} />
        <div role="alert" className="empty:hidden">
          {said !== null && <Note tone="warn" title={said} />}
        </div>
        <p className="text-center text-ink-2 text-small">{t('scan.private')}</p>
      </div>
    </Page>
  );
}

function cameraProblem(camera: CameraState): string | null {
  return camera === 'off' || camera === 'asking' || camera === 'on' ? null : t(`scan.camera.${camera}`);
}

/** What the camera sees; without it the place where pictures are dropped. */
function Finder({ video, camera }: ScanScreenProps) {
  const on = camera === 'on';
  const slow = useSlow(camera) && on;
  return (
    <div className="grid gap-2">
      <div className="relative mx-auto grid aspect-square w-full max-w-[min(340px,42dvh)] place-items-center overflow-hidden rounded-sheet border border-line bg-sunken">
        {/* Its words stand below. */}
        <span aria-hidden="true" className={classes('absolute inset-0', !on && 'invisible')}>
          <video ref={video} muted playsInline className="size-full object-cover" />
        </span>
        {!on && (
          <p className="grid justify-items-center gap-3 px-8 text-balance text-center text-body text-ink-2">
            <ScanQrCode aria-hidden="true" size={40} className="text-ink-3" />
            {t('scan.drop')}
          </p>
        )}
      </div>
      <p aria-live="polite" className="text-center text-ink-2 text-small empty:hidden">
        {on && t(slow ? 'scan.looking.slow' : 'scan.looking')}
      </p>
    </div>
  );
}

function PictureButton({ reading, onPicture }: Pick<ScanScreenProps, 'reading' | 'onPicture'>) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          onPicture(event.currentTarget.files?.[0]);
          // The same file, chosen again, is looked at again.
          event.currentTarget.value = '';
        }}
      />
      <Button
        icon={<ImageUp aria-hidden="true" size={18} />}
        busyLabel={reading ? t('scan.picture.reading') : undefined}
        onClick={() => input.current?.click()}
      >
        {t('scan.picture')}
      </Button>
    </>
  );
}
