import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CameraState, startCamera, whenShown } from './camera';

class Track extends EventTarget {
  readyState = 'live';
  stop() {
    this.readyState = 'ended';
  }
}

const page = Object.assign(new EventTarget(), { hidden: false });
/** Shows the page or hides it, as the browser tells it. */
function turn(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

const track = new Track();
const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
const getUserMedia = vi.fn();
const video = { srcObject: null as unknown, play: async () => undefined, videoWidth: 0, videoHeight: 0 };
const onFrame = vi.fn(async () => undefined);

/** Starts it and says what it reports, in turn. */
function started() {
  const states: CameraState[] = [];
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const stop = startCamera({
    video: video as unknown as HTMLVideoElement,
    onFrame,
    onState: (state) => {
      states.push(state);
      if (state !== 'asking') settle();
    },
  });
  return { states, stop, settled };
}

beforeEach(() => {
  page.hidden = false;
  track.readyState = 'live';
  video.srcObject = null;
  getUserMedia.mockReset().mockResolvedValue(stream);
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
});
afterEach(() => vi.unstubAllGlobals());

it('is on in a page that is seen, and off with it', async () => {
  const { states, settled } = started();
  await settled;
  expect(states).toEqual(['asking', 'on']);
  expect(video.srcObject).toBe(stream);
  turn(true);
  expect(states).toEqual(['asking', 'on', 'off']);
  expect([track.readyState, video.srcObject]).toEqual(['ended', null]);
});

it('is not asked for in a page that is hidden', async () => {
  page.hidden = true;
  const { states, stop } = started();
  expect(states).toEqual(['off']);
  expect(getUserMedia).not.toHaveBeenCalled();
  stop();
});

it('is ended at once if the page is hidden when it is granted, told of it or not', async () => {
  getUserMedia.mockImplementation(async () => {
    page.hidden = true;
    return stream;
  });
  const { states, settled } = started();
  await settled;
  expect(states).toEqual(['asking', 'off']);
  expect([track.readyState, video.srcObject]).toEqual(['ended', null]);
});

it('waits until the page is shown, once, unless nobody waits any more', () => {
  const work = vi.fn();
  whenShown(work);
  expect(work).toHaveBeenCalledTimes(1);
  page.hidden = true;
  whenShown(work);
  const leave = whenShown(work);
  leave();
  page.dispatchEvent(new Event('visibilitychange'));
  expect(work).toHaveBeenCalledTimes(1);
  turn(false);
  turn(true);
  turn(false);
  expect(work).toHaveBeenCalledTimes(2);
});
