import { useEffect, useRef, useState } from 'react';
import { useOnce } from '@/components/hooks/use-once';
import type { Pixels } from '@/lib/scan/codes';
import { type CameraState, isCameraGranted, startCamera } from './camera';

/** The camera of this page, which is off once the page is left. */
export function useCamera(onFrame: (frame: Pixels) => Promise<void>) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('off');
  const stopping = useRef<() => void>(undefined);
  const latest = useRef(onFrame);
  latest.current = onFrame;
  const stop = () => stopping.current?.();
  const start = () => {
    stop();
    if (video.current === null) return;
    const parts = { video: video.current, onFrame: (frame: Pixels) => latest.current(frame), onState: setState };
    stopping.current = startCamera(parts);
  };
  // Whoever has allowed it before is not asked to press once more.
  useOnce(() => void isCameraGranted().then((granted) => granted && start()));
  useEffect(() => () => stopping.current?.(), []);
  return { video, state, start, stop };
}
