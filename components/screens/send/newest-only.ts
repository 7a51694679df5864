/**
 * Does `work` with the newest value that it is given, one at a time and in order; values that were overtaken while it
 * was busy are left out, the last one never. A failure is nobody's concern, and ends nothing.
 */
export function newestOnly<Value>(work: (value: Value) => Promise<unknown>): (value: Value) => void {
  let waiting: readonly [Value] | null = null;
  let busy = false;
  const run = async (): Promise<void> => {
    busy = true;
    while (waiting !== null) {
      const [value] = waiting;
      waiting = null;
      await work(value).catch(() => undefined);
    }
    busy = false;
  };
  return (value) => {
    waiting = [value];
    if (!busy) void run();
  };
}
