import { useEffect, useRef, useState } from 'react';
import { useOnce } from '@/components/hooks/use-once';
import type { Pixels } from '@/lib/scan/codes';
import { type CameraState, isCameraGranted, startCamera, whenShown } from './camera';

/** The camera of this page, which is off once the page is left. */
export function useCamera(onFrame: (frame: Pixels) => Promise<void>) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('off');
  const stopping = useRef<() => void>(undefined);
  const waiting = useRef<() => void>(undefined);
  const latest = useRef(onFrame);
  latest.current = onFrame;
  const stop = () => {
    waiting.current?.();
    stopping.current?.();
  };
  const start = () => {
    stop();
    if (video.current === null) return;
    const parts = { video: video.current, onFrame: (frame: Pixels) => latest.current(frame), onState: setState };
    stopping.current = startCamera(parts);
  };
  // Whoever has allowed it before is not asked to press once more. But this may be a tab behind others.
  const startSeen = () => {
    waiting.current = whenShown(start);
  };
  useOnce(() => void isCameraGranted().then((granted) => granted && startSeen()));
  const leave = useRef(stop);
  useEffect(() => () => leave.current(), []);
  return { video, state, start, stop };
}
