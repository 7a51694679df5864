/** Whether `storage-failed` is about storing; any other reason names what was stored and cannot be read any more. */
export const failsToStore = (reason: string | undefined): boolean =>
  reason === undefined || ['quota', 'sealed', 'device-keys'].includes(reason);
