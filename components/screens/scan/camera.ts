/** The camera, from the question to the browser until its light is off. */
import type { Pixels } from '@/lib/scan/codes';
import { frameOf } from './picture';

/** `refused` by the user or the browser; `missing`: there is none; `silent`: in use elsewhere, or gone. */
export type CameraFailure = 'refused' | 'missing' | 'silent';
export type CameraState = 'off' | 'asking' | 'on' | CameraFailure;

export interface CameraParts {
  readonly video: HTMLVideoElement;
  /** Looked at before the next one is taken. */
  readonly onFrame: (frame: Pixels) => Promise<void>;
  readonly onState: (state: CameraState) => void;
}

const BETWEEN_FRAMES_MS = 100;
/** The one at the back of a telephone, and as many pixels as a code in the hand needs. */
const WANTED = { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } };

const FAILURES: Readonly<Record<string, CameraFailure>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

/**
 * Asks for the camera and gives frames until it is stopped, the page is hidden, or the camera is gone. Every track is
 * ended then, also of a camera that is granted only afterwards. A page that nobody sees is not given it: it is `off`.
 * @returns stops it
 */
export function startCamera({ video, onFrame, onState }: CameraParts): () => void {
  let stream: MediaStream | null = null;
  let running = true;
  const end = (state: CameraState): void => {
    if (!running) return;
    running = false;
    document.removeEventListener('visibilitychange', onVisibility);
    endTracks(stream);
    video.srcObject = null;
    onState(state);
  };
  const onVisibility = (): void => {
    if (document.hidden) end('off');
  };
  const work = async (): Promise<void> => {
    const granted = await askForCamera();
    if (!running) return endTracks(granted);
    stream = granted;
    if (document.hidden) return end('off');
    for (const track of granted.getVideoTracks()) track.addEventListener('ended', () => end('silent'));
    video.srcObject = granted;
    await video.play();
    if (running) onState('on');
    while (running) {
      const frame = frameOf(video);
      if (frame !== null) await onFrame(frame);
      await pause(BETWEEN_FRAMES_MS);
    }
  };
  if (document.hidden) end('off');
  else {
    onState('asking');
    document.addEventListener('visibilitychange', onVisibility);
    work().catch((error) => end(failureOf(error)));
  }
  return () => end('off');
}

/**
 * Does it now, or as soon as the page is seen.
 * @returns waits no longer
 */
export function whenShown(work: () => void): () => void {
  const look = (): void => {
    if (document.hidden) return;
    leave();
    work();
  };
  const leave = (): void => document.removeEventListener('visibilitychange', look);
  document.addEventListener('visibilitychange', look);
  look();
  return leave;
}

async function askForCamera(): Promise<MediaStream> {
  // Absent where a page may have none at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new DOMException('no devices', 'NotFoundError');
  return devices.getUserMedia({ audio: false, video: WANTED });
}

/** Whether the browser gives the camera without a question. Those that do not say are asked when somebody wants it. */
export async function isCameraGranted(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted';
  } catch {
    return false;
  }
}

const failureOf = (error: unknown): CameraFailure =>
  error instanceof DOMException ? (FAILURES[error.name] ?? 'silent') : 'silent';

function endTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
